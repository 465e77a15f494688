/** Why WeCom refuses, and where in its admin console that is put right (docs 90313, 90664). */
export interface Refusal {
  says: string
  fix: string
}

export const APP_MENU = '管理后台 → 应用管理 → 应用 → 掌柜'

const appDisabled: Refusal = { says: '应用被停用了', fix: `${APP_MENU},点“启用”` }
const noPermission: Refusal = {
  says: '应用没有调用这个接口的权限',
  fix: '管理后台 → 客户与上下游 → 客户联系 → 客户 → API → 可调用接口的应用,勾上掌柜',
}
const domainNotTrusted: Refusal = {
  says: '域名不是应用的可信域名',
  fix: `${APP_MENU} → 网页授权及JS-SDK → 设置可信域名,两个框都填 PUBLIC_URL 的域名`,
}

const refusals: Record<number, Refusal | undefined> = {
  [-1]: { says: '企业微信忙', fix: '过一分钟再试' },
  40001: {
    says: '应用的 Secret 不对,或应用被停用',
    fix: `${APP_MENU} → Secret,点“查看”,写进 WECOM_AGENT_SECRET 后重启。反复用错的 Secret,本机地址会被封一小时`,
  },
  40013: {
    says: '企业 ID 不对',
    fix: '管理后台 → 我的企业 → 企业信息 → 企业ID(页面最下面),写进 WECOM_CORP_ID 后重启',
  },
  40014: { says: '凭证失效', fix: '再查一次;还不行就重启服务' },
  40056: { says: 'AgentId 不对', fix: `${APP_MENU} → AgentId,写进 WECOM_AGENT_ID 后重启` },
  40091: { says: 'Secret 是另一家企业的', fix: `${APP_MENU} → Secret,与 WECOM_CORP_ID 要是同一家企业` },
  42001: { says: '凭证过期', fix: '再查一次;还不行就对一下服务器的时间' },
  42012: { says: '票据不是这个应用的', fix: 'WECOM_AGENT_ID 和 WECOM_AGENT_SECRET 要来自同一个应用,改好后重启' },
  45009: { says: '调用太频繁,暂时被挡住', fix: '等窗口过去:一分钟,最长到当天结束' },
  48001: noPermission,
  48002: noPermission,
  48005: { says: '这个接口已停用', fix: '升级掌柜到新版本' },
  48006: { says: '应用太久没用,权限被收回', fix: `${APP_MENU},由管理员重新启用` },
  48009: { says: '新的地址不能读通讯录', fix: '管理后台 → 安全与管理 → 管理工具 → 通讯录同步,按提示确认这个地址' },
  48010: { says: '连接用的 TLS 版本太旧', fix: '让服务器的出口(代理、防火墙)支持 TLS 1.2 以上' },
  48011: { says: '成员活跃太低,客户数据受限', fix: '让导购登录并使用企业微信,活跃恢复后自动解除' },
  50001: domainNotTrusted,
  50003: appDisabled,
  60020: {
    says: '本机地址不在企业可信IP里',
    fix: `${APP_MENU} → 企业可信IP,加上本机的出口地址,约一分钟生效`,
  },
  60031: appDisabled,
  80001: domainNotTrusted,
  85005: domainNotTrusted,
  301002: {
    says: 'AgentId 和 Secret 不是同一个应用的',
    fix: `${APP_MENU},AgentId 和 Secret 从同一页抄进 WECOM_AGENT_ID、WECOM_AGENT_SECRET 后重启`,
  },
  301007: { says: '企业已解散或被封', fix: '联系企业微信客服' },
  610016: { says: '企业还没有认证', fix: '管理后台 → 我的企业 → 企业信息 → 去认证' },
  610023: { says: '外部联系人规模到上限', fix: '管理后台 → 客户与上下游 → 客户联系,按提示扩容' },
  610024: { says: '资质材料不全,管不了客户', fix: '管理后台 → 我的企业 → 企业信息,补齐资质' },
}

/** `ip` is the address WeCom saw, when it told. */
export function explainRefusal(errcode: number, ip?: string): Refusal {
  if (errcode === 60020 && ip)
    return {
      says: `本机地址 ${ip} 不在企业可信IP里`,
      fix: `${APP_MENU} → 企业可信IP,加上 ${ip},约一分钟生效`,
    }
  return (
    refusals[errcode] ?? {
      says: '企业微信没有同意',
      fix: `到 https://open.work.weixin.qq.com/devtool/query?e=${errcode} 查这个错误码`,
    }
  )
}

/** The one thing in an errmsg that errcode does not tell: the caller's address, in 60020 (doc 90313). */
export function callerAddress(errmsg: string): string | undefined {
  return /from ip: ?([0-9a-f.:]+)/i.exec(errmsg)?.[1]
}
