interface AlertWords {
  title: string
  /** What HQ does about it: a path in WeCom's admin console, or a command. */
  advice: string
}

/** Everything HQ is told about, a row a kind. Kinds are kept in the database, so they stay. */
export const alertKinds = {
  app_inactive_soon: {
    title: '应用快要被停用了',
    advice: '应用太久没人用。请在企业微信的工作台里打开一次掌柜,并让导购都用起来',
  },
  app_closed: {
    title: '应用已被停用',
    advice: '管理后台 → 应用管理 → 应用 → 掌柜,点“启用”。停用期间没有欢迎语,侧边栏也打不开',
  },
  app_low_active_soon: {
    title: '成员活跃太低,客户数据快要受限',
    advice: '让使用范围里的导购每天打开企业微信;用不上的人请移出:客户与上下游 → 客户联系 → 权限配置 → 使用范围',
  },
  app_low_active: {
    title: '成员活跃太低,客户数据已受限',
    advice: '让导购登录并使用企业微信,活跃恢复后自动解除。受限期间新客户和标签都同步不了',
  },
  acquisition_low: {
    title: '获客助手额度快用完了',
    advice: '管理后台 → 客户与上下游 → 获客助手 → 额度,购买后链接继续可用',
  },
  acquisition_exhausted: {
    title: '获客助手额度已用完',
    advice: '获客链接现在加不上人。管理后台 → 客户与上下游 → 获客助手 → 额度,购买后自动恢复',
  },
  acquisition_quota_expiring: {
    title: '获客助手额度快到期了',
    advice: '到期的额度会作废,请趁早用掉:管理后台 → 客户与上下游 → 获客助手 → 额度',
  },
  acquisition_link_unavailable: {
    title: '获客链接暂时加不上人',
    advice: '链接里的成员都不能加客户了,请换上别的导购',
  },
  acquisition_link_deleted: {
    title: '获客链接在后台被删了',
    advice: '印出去的码已经没用,请收回,再建一个新的',
  },
  wecom_refused: {
    title: '企业微信拒绝了调用',
    advice: '多半是后台的设置变了。打开“体检”,照着打叉的那一行改',
  },
  jobs_failing: {
    title: '有一批任务没做成',
    advice: '打开“没做成的任务”看原因,修好后逐个再试',
  },
  commission_stuck: {
    title: '有订单的佣金没算出来',
    advice: '系统会自己再试。一直不行,打开“没做成的任务”看原因,修好后再试',
  },
  sync_failed: {
    title: '夜间同步没有完成',
    advice: '客户、标签可能不是最新的。打开“体检”看原因,修好后运行 npm run sync',
  },
  benefit_not_issued: {
    title: '会员权益的券发不出去',
    advice: '改好券模板(库存、有效期、门槛)后会自动补发;不发了就在会员等级或权益里换一张券',
  },
} as const satisfies Record<string, AlertWords>

export type AlertKind = keyof typeof alertKinds

export function isAlertKind(text: string): text is AlertKind {
  return Object.hasOwn(alertKinds, text)
}
