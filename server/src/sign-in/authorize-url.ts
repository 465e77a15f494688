import type { Config } from '../config.ts'

/** WeCom's silent sign-in (doc 91022). `#wechat_redirect` must be the last thing. */
export function authorizeUrl({ wecom, publicUrl }: Config, state: string): string {
  const query = new URLSearchParams({
    appid: wecom.corpId,
    redirect_uri: `${publicUrl}/auth/callback`,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: wecom.agentId,
  })
  return `${wecom.oauthUrl}/connect/oauth2/authorize?${query}#wechat_redirect`
}
