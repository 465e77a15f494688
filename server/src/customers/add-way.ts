/** How the two became friends, as WeCom counts it (doc 92114), in a guide's words. */
const addWays: Record<number, string> = {
  0: '来源未知',
  1: '扫码添加',
  2: '搜手机号添加',
  3: '名片分享',
  4: '群聊添加',
  5: '手机通讯录添加',
  6: '微信联系人',
  8: '自动添加',
  9: '搜邮箱添加',
  10: '视频号添加',
  11: '日程参与人',
  12: '会议参与人',
  13: '微信好友的企业微信',
  14: '智慧硬件客服',
  15: '上门服务',
  16: '获客链接',
  17: '定制添加',
  18: '需求回复',
  21: '第三方售前',
  22: '可能的商务伙伴',
  24: '通过微信好友申请',
  201: '同事分享',
  202: '管理员分配',
}

/** Absent while WeCom has not told; a number newer than the table stays readable. */
export function addWayWords(addWay: number | null): string {
  return addWays[addWay ?? 0] ?? '其他方式添加'
}
