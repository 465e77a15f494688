import type { FastifyInstance } from 'fastify'
import { readQuery } from '../cloud/routes.ts'
import type { OauthCodes } from '../cloud/sign-in.ts'
import type { Context } from '../context.ts'
import { findMember } from '../world/find.ts'
import { noticePage } from './notice-page.ts'

interface AuthorizeOptions {
  context: Context
  codes: OauthCodes
  trustedDomains?: string[]
}

/** doc 91022: who is signed in to the client comes back as a code, without a question. */
export async function authorizeRoute(app: FastifyInstance, { context, codes, trustedDomains }: AuthorizeOptions) {
  app.get('/connect/oauth2/authorize', (request, reply) => {
    const query = readQuery(request)
    const wrong = whatIsWrong(context, query, trustedDomains)
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
    if (wrong) return reply.code(400).send(noticePage(wrong))
    const account = query.simulator_account ?? accountCookie(request.headers.cookie)
    if (!account || !isKnown(context, account)) return reply.send(noticePage('请在企业微信客户端打开链接'))
    const back = new URL(query.redirect_uri ?? '')
    back.hash = ''
    back.searchParams.set('code', codes.issue(account, context.now()))
    if (query.state !== undefined) back.searchParams.set('state', query.state)
    return reply.redirect(back.href, 302)
  })
}

function whatIsWrong(
  { corpId, agentId }: Context,
  query: Record<string, string>,
  trustedDomains: string[] | undefined,
): string | undefined {
  if (query.appid !== corpId) return 'appid 不是这家企业'
  if (query.response_type !== 'code') return 'response_type 只能是 code'
  if (query.scope !== 'snsapi_base') return '模拟企业微信只做静默授权(snsapi_base)'
  if (query.agentid !== undefined && query.agentid !== agentId) return 'agentid 不是这个应用'
  if (query.state !== undefined && !/^[a-zA-Z0-9]{0,128}$/.test(query.state))
    return 'state 只能是 128 个以内的字母和数字'
  const target = query.redirect_uri ?? ''
  if (!/^https?:\/\//.test(target) || !URL.canParse(target)) return 'redirect_uri 不是一个网址'
  const trusted = trustedDomains === undefined || trustedDomains.includes(new URL(target).host)
  return trusted ? undefined : 'redirect_uri 需使用应用可信域名'
}

function isKnown({ world }: Context, account: string): boolean {
  return findMember(world, account) !== undefined || world.customers.has(account)
}

function accountCookie(header: string | undefined): string | undefined {
  const cookie = header?.split(';').find((each) => each.trim().startsWith('simulator_account='))
  return cookie && decodeURIComponent(cookie.trim().slice('simulator_account='.length))
}
