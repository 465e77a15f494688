import { showGroup } from '../actions/groups.ts'
import type { Context } from '../context.ts'
import { seconds } from '../world/add.ts'
import { isGone } from '../world/find.ts'
import { enterGroup } from '../world/group-members.ts'
import type { Group, Member } from '../world/model.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { requireServing } from './pairs.ts'
import { getText, listTexts } from './parameters.ts'

/** docs 95703, 92127 */
const MOST_GROUPS = 100
const HANDOVERS = 2
const HANDOVER_WINDOW_S = 90 * 86_400
const DAY_S = 86_400
const SHANGHAI_S = 8 * 3600

/** How many groups a new owner has taken today, in Shanghai's days; each simulator counts for itself. */
export function createTransferGroups(kind: 'active' | 'resigned') {
  const taken = new Map<string, number>()
  return ({ context, body, now }: Call) => {
    const chatIds = listTexts(body, 'chat_id_list')
    if (chatIds.length === 0) throw new WeComError(40063, 'chat_id_list is missing')
    if (chatIds.length > MOST_GROUPS) throw new WeComError(40058, 'chat_id_list is too long')
    const owner = requireServing(context.world, getText(body, 'new_owner'))
    const today = `${owner.userId}/${Math.floor((seconds(now) + SHANGHAI_S) / DAY_S)}`
    const failed = chatIds.flatMap((chat_id) => {
      const already = taken.get(today) ?? 0
      // WeCom publishes no code for the daily limit.
      const errcode = already >= context.limits.groupsTakenPerDay ? 45009 : handOver(context, chat_id, owner, kind, now)
      if (errcode === 0) taken.set(today, already + 1)
      return errcode === 0 ? [] : [{ chat_id, errcode, errmsg: WORDS.get(errcode) ?? 'failed' }]
    })
    return { failed_chat_list: failed }
  }
}

const WORDS = new Map([
  [45009, 'api freq out of limit'],
  [49008, 'chat dismissed'],
  [40128, 'transferred too often'],
  [90500, 'the owner of this chat is not resigned'],
  [90501, 'not an external group chat'],
  [90502, 'the owner of this chat is resigned'],
  [90504, 'the owner of this chat is unchanged'],
  [90508, 'chat already inherited'],
])

/** No callback comes of it: the API did it. A new owner who was not in the group enters it, with a new version. */
function handOver(context: Context, chatId: string, owner: Member, kind: 'active' | 'resigned', now: Date): number {
  const group = context.world.groups.get(chatId)
  if (!group) return 90501
  const errcode = refusal(context, group, owner, kind, now)
  if (errcode !== 0) return errcode
  context.groupLag.keep(group)
  if (!group.members.has(owner.userId)) {
    enterGroup(context.world, group, [owner.userId], { joinedAt: seconds(now), joinScene: 1 })
  }
  if (kind === 'active') group.handovers = [...(group.handovers ?? []), seconds(now)]
  else group.inherited = true
  group.owner = owner.userId
  showGroup(context, group)
  return 0
}

function refusal({ world }: Context, group: Group, owner: Member, kind: 'active' | 'resigned', now: Date): number {
  if (group.dismissed) return 49008
  if (group.owner === owner.userId) return 90504
  if (kind === 'resigned') {
    if (isGone(world, group.owner)) return 0
    return group.inherited ? 90508 : 90500
  }
  if (isGone(world, group.owner)) return 90502
  const recent = (group.handovers ?? []).filter((at) => seconds(now) - at < HANDOVER_WINDOW_S)
  return recent.length >= HANDOVERS ? 40128 : 0
}
