import type { ChannelChoices, ChannelView } from '@zhanggui/shared/channel.ts'

export function makeChannel(over: Partial<ChannelView> = {}): ChannelView {
  return {
    channelId: 'c1',
    name: '万象城门口台卡',
    kind: 'store',
    source: 'public',
    guides: [],
    stores: [{ storeId: 'mall', name: '万象城店' }],
    skipVerify: true,
    tags: [{ group: '来源', name: '到店' }],
    status: 'live',
    notes: [],
    state: 'zg0123456789abcdef01234567',
    configId: '42b34949e138eb6e027c123cba77fad7',
    url: 'https://wework.qpic.cn/wwpic/42b34949',
    next: [{ userId: 'ChenChen', name: '陈晨' }],
    createdAt: '2026-09-01T10:00:00+08:00',
    today: { added: 12, lost: 1 },
    total: 438,
    ...over,
  }
}

/** One of every kind and standing. */
export const channels: ChannelView[] = [
  makeChannel(),
  makeChannel({
    channelId: 'c2',
    name: '周三直播间',
    kind: 'link',
    source: 'live',
    stores: [],
    guides: ['林晓', '周敏', '陈晨', '吴越'].map((name) => ({ userId: name, name })),
    next: ['林晓', '周敏', '陈晨', '吴越'].map((name) => ({ userId: name, name })),
    notes: ['当班的人今天都到上限了,先轮着分给当班的'],
    today: { added: 31, lost: 0 },
    total: 1204,
    dailyCap: 20,
    visits: { opened: 2310, requested: 1522, chatted: 611 },
    validTo: '2099-01-01T00:00:00+08:00',
  }),
  makeChannel({
    channelId: 'c3',
    name: '国庆满减券',
    kind: 'guides',
    source: 'coupon',
    stores: [],
    guides: [
      { userId: 'LinXiao', name: '林晓' },
      { userId: 'ChenChen', name: '陈晨' },
    ],
    next: [],
    status: 'failed',
    failure: '林晓还没有激活企业微信;陈晨还没有开通客户联系',
    today: { added: 0, lost: 0 },
    total: 0,
  }),
  makeChannel({
    channelId: 'c4',
    name: '新开的码',
    status: 'creating',
    next: [],
    today: { added: 0, lost: 0 },
    total: 0,
  }),
  makeChannel({
    channelId: 'c5',
    name: '去年的台卡',
    status: 'retired',
    next: [],
    today: { added: 0, lost: 0 },
    total: 96,
  }),
]

export const myChannel = makeChannel({
  channelId: 'mine:linxiao',
  name: '林晓的码',
  kind: 'guide',
  source: 'guide',
  stores: [],
  guides: [{ userId: 'linxiao', name: '林晓' }],
  next: [{ userId: 'linxiao', name: '林晓' }],
  tags: [],
  today: { added: 3, lost: 0 },
  total: 128,
})

export const choices: ChannelChoices = {
  guides: [
    { userId: 'LinXiao', name: '林晓', storeId: 'mall', onDuty: true, leaves: [] },
    { userId: 'ZhouMin', name: '周敏', storeId: 'mall', onDuty: false, leaves: [] },
    {
      userId: 'ChenChen',
      name: '陈晨',
      storeId: 'mall',
      onDuty: true,
      leaves: [{ from: '2020-01-01', to: '2099-10-07' }],
    },
    { userId: 'WuYue', name: '吴越', storeId: 'mall', onDuty: true, leaves: [] },
  ],
  stores: [{ storeId: 'mall', name: '万象城店' }],
  tags: [
    { tagId: 'etStore', group: '来源', name: '到店' },
    { tagId: 'etLive', group: '来源', name: '直播' },
    { tagId: 'etSilver', group: '喜好', name: '喜欢银色' },
  ],
  rules: [{ ruleId: 'live', text: '直播间的朋友好,我是{guide}' }],
}
