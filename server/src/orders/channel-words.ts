import type { Channel } from '@zhanggui/shared/order.ts'

export const channelWords: Record<Channel, string> = {
  store: '门店',
  mall: '商城',
  group: '社群',
  live: '直播',
  guide_share: '导购分享',
  douyin: '抖音',
  kuaishou: '快手',
  other: '其他渠道',
}
