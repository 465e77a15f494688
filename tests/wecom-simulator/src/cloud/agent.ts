import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'

/** doc 90227: the app itself and who is in its visible range. */
export function getAgent({ context, query }: Call) {
  if (!query.agentid) throw new WeComError(41011, 'agentid missing')
  if (query.agentid !== context.agentId) throw new WeComError(301002, 'not allow operate another agent')
  const visible = [...context.world.members.values()].filter((member) => member.visible)
  return {
    agentid: Number(context.agentId),
    name: '掌柜',
    square_logo_url: '',
    description: '',
    allow_userinfos: { user: visible.map((member) => ({ userid: member.userId })) },
    allow_partys: { partyid: [] },
    close: 0,
    ...(context.trustedDomain === undefined ? {} : { redirect_domain: context.trustedDomain }),
  }
}
