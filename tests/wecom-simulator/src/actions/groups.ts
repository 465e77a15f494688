import type { EventFields } from '../callbacks/sender.ts'
import type { XmlValue } from '../callbacks/xml.ts'
import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { seconds } from '../world/add.ts'
import { findMember, getGroup, getMember, nameOf, SimulatorError } from '../world/find.ts'
import { enterGroup, exitGroup } from '../world/group-members.ts'
import type { Group, World } from '../world/model.ts'
import { newCustomer } from '../world/new-customer.ts'
import { newId } from '../world/random.ts'
import { note, showChat, tellAbout } from './happening.ts'

/** doc 92122's scale, which is not the event's JoinScene. */
const INVITED = 1
const INVITED_BY_LINK = 2
const SCANNED = 3

export function createGroup(context: Context, input: ActionInputs['createGroup']): Happened & { chatId: string } {
  const { world } = context
  const owner = getMember(world, input.owner).userId
  const joinedAt = seconds(context.now())
  const group: Group = {
    chatId: newId(world.random, 'wr'),
    name: '',
    owner,
    notice: '',
    createdAt: joinedAt,
    admins: [],
    members: new Map(),
    version: '',
    dismissed: false,
  }
  requirePeople(context, input.members ?? [])
  world.groups.set(group.chatId, group)
  enterGroup(world, group, [owner], { joinedAt, joinScene: INVITED })
  // Who reads too early finds its owner alone in it.
  context.groupLag.keep(group)
  group.name = input.name
  group.notice = input.notice ?? ''
  const invited = (input.members ?? []).filter((id) => id !== owner)
  if (invited.length > 0) enterGroup(world, group, invited, { joinedAt, joinScene: INVITED, invitedBy: owner })
  showGroup(context, group)
  return { chatId: group.chatId, ...tellGroup(context, group, { ChangeType: 'create' }) }
}

export function dismissGroup(context: Context, input: ActionInputs['dismissGroup']): Happened {
  const group = groupToChange(context, input.chatId)
  group.dismissed = true
  showGroup(context, group)
  return tellGroup(context, group, { ChangeType: 'dismiss' })
}

export function joinGroup(context: Context, input: ActionInputs['joinGroup'] & { state?: string }): Happened {
  const { world } = context
  requirePeople(context, input.members)
  const group = groupToChange(context, input.chatId)
  const joining = input.members.filter((id) => !group.members.has(id))
  if (input.stranger) joining.push(newCustomer(world).externalUserId)
  if (joining.length === 0) throw new SimulatorError('他们已经在群里了')
  const scanned = input.scene === 3
  const joinScene = scanned ? SCANNED : input.byLink ? INVITED_BY_LINK : INVITED
  const invitedBy = scanned ? undefined : getMember(world, input.invitedBy ?? group.owner).userId
  const before = group.version
  const joinedAt = seconds(context.now())
  enterGroup(world, group, joining, { joinedAt, joinScene, invitedBy, state: input.state || undefined })
  const how = invitedBy ? `被${nameOf(world, invitedBy)}邀请进群` : '扫码进群'
  note(context, group.owner, group.chatId, 'both', `${namesOf(world, joining)} ${how}`)
  return tellMembers(context, group, before, joining, { UpdateDetail: 'add_member', JoinScene: input.scene ?? 0 })
}

export function leaveGroup(context: Context, input: ActionInputs['leaveGroup']): Happened {
  const group = groupToChange(context, input.chatId)
  const leaving = input.members.filter((id) => group.members.has(id))
  if (leaving.length === 0) throw new SimulatorError('他们不在群里')
  if (leaving.includes(group.owner)) throw new SimulatorError('群主要先转让群主')
  const before = group.version
  exitGroup(context.world, group, leaving)
  const how = input.removed ? '被移出了群' : '退群了'
  note(context, group.owner, group.chatId, 'both', `${namesOf(context.world, leaving)} ${how}`)
  group.admins = group.admins.filter((id) => !leaving.includes(id))
  for (const id of leaving) if (findMember(context.world, id)) showChat(context, id, group.chatId)
  return tellMembers(context, group, before, leaving, { UpdateDetail: 'del_member', QuitScene: input.removed ? 1 : 0 })
}

export function renameGroup(context: Context, input: ActionInputs['renameGroup']): Happened {
  const group = groupToChange(context, input.chatId)
  group.name = input.name
  return tellUpdate(context, group, { UpdateDetail: 'change_name' })
}

export function changeNotice(context: Context, input: ActionInputs['changeNotice']): Happened {
  const group = groupToChange(context, input.chatId)
  group.notice = input.notice
  return tellUpdate(context, group, { UpdateDetail: 'change_notice' })
}

export function changeOwner(context: Context, input: ActionInputs['changeOwner']): Happened {
  const group = groupToChange(context, input.chatId)
  const owner = getMember(context.world, input.owner).userId
  if (!group.members.has(owner)) throw new SimulatorError('新群主要先在群里')
  group.owner = owner
  return tellUpdate(context, group, { UpdateDetail: 'change_owner' })
}

function namesOf(world: World, ids: readonly string[]): string {
  return ids.map((id) => nameOf(world, id)).join('、')
}

/** Kept as it was, for who reads it too early. */
function groupToChange(context: Context, chatId: string): Group {
  const group = getGroup(context.world, chatId)
  context.groupLag.keep(group)
  return group
}

function requirePeople({ world }: Context, ids: readonly string[]) {
  for (const id of ids) {
    if (!findMember(world, id) && !world.customers.has(id)) throw new SimulatorError(`没有这个人:${id}`)
  }
}

function tellMembers(
  context: Context,
  group: Group,
  before: string,
  ids: string[],
  fields: Record<string, XmlValue>,
): Happened {
  // The sample of doc 92130 carries both scenes, the unused one as 0.
  return tellUpdate(context, group, {
    JoinScene: 0,
    QuitScene: 0,
    ...fields,
    MemChangeCnt: ids.length,
    MemChangeList: { Item: ids },
    LastMemVer: before,
    CurMemVer: group.version,
  })
}

function tellUpdate(context: Context, group: Group, fields: Record<string, XmlValue>): Happened {
  showGroup(context, group)
  return tellGroup(context, group, { ChangeType: 'update', ...fields })
}

function tellGroup(context: Context, group: Group, fields: Record<string, XmlValue>): Happened {
  const event: EventFields = { Event: 'change_external_chat', ChatId: group.chatId, ...fields }
  return tellAbout(context, group.owner, event)
}

export function showGroup(context: Context, group: Group) {
  for (const id of group.members.keys()) if (findMember(context.world, id)) showChat(context, id, group.chatId)
}
