import type { EventFields } from '../callbacks/sender.ts'
import type { XmlValue } from '../callbacks/xml.ts'
import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { seconds } from '../world/add.ts'
import { findMember, getGroup, getMember, SimulatorError } from '../world/find.ts'
import type { Group } from '../world/model.ts'
import { newId } from '../world/random.ts'
import { showChat, tellAbout } from './happening.ts'

/** doc 92122's scale, which is not the event's JoinScene. */
const INVITED = 1
const SCANNED = 3

export function createGroup(context: Context, input: ActionInputs['createGroup']): Happened & { chatId: string } {
  const { world } = context
  const owner = getMember(world, input.owner).userId
  const group: Group = {
    chatId: newId(world.random, 'wr'),
    name: input.name,
    owner,
    notice: input.notice ?? '',
    createdAt: seconds(context.now()),
    admins: [],
    members: new Map(),
    version: newId(world.random, '', 24),
    dismissed: false,
  }
  world.groups.set(group.chatId, group)
  enter(context, group, [owner, ...(input.members ?? [])], INVITED)
  showGroup(context, group)
  return { chatId: group.chatId, ...tellGroup(context, group, { ChangeType: 'create' }) }
}

export function dismissGroup(context: Context, input: ActionInputs['dismissGroup']): Happened {
  const group = getGroup(context.world, input.chatId)
  group.dismissed = true
  showGroup(context, group)
  return tellGroup(context, group, { ChangeType: 'dismiss' })
}

export function joinGroup(context: Context, input: ActionInputs['joinGroup']): Happened {
  const group = getGroup(context.world, input.chatId)
  const joining = input.members.filter((id) => !group.members.has(id))
  if (joining.length === 0) throw new SimulatorError('他们已经在群里了')
  const before = group.version
  enter(context, group, joining, input.scene === 3 ? SCANNED : INVITED)
  return tellMembers(context, group, before, joining, { UpdateDetail: 'add_member', JoinScene: input.scene ?? 0 })
}

export function leaveGroup(context: Context, input: ActionInputs['leaveGroup']): Happened {
  const { world } = context
  const group = getGroup(world, input.chatId)
  const leaving = input.members.filter((id) => group.members.delete(id))
  if (leaving.length === 0) throw new SimulatorError('他们不在群里')
  for (const id of leaving) world.groupsOfMember.get(id)?.delete(group.chatId)
  const before = group.version
  group.version = newId(world.random, '', 24)
  return tellMembers(context, group, before, leaving, { UpdateDetail: 'del_member', QuitScene: input.removed ? 1 : 0 })
}

export function renameGroup(context: Context, input: ActionInputs['renameGroup']): Happened {
  const group = getGroup(context.world, input.chatId)
  group.name = input.name
  return tellUpdate(context, group, { UpdateDetail: 'change_name' })
}

export function changeNotice(context: Context, input: ActionInputs['changeNotice']): Happened {
  const group = getGroup(context.world, input.chatId)
  group.notice = input.notice
  return tellUpdate(context, group, { UpdateDetail: 'change_notice' })
}

export function changeOwner(context: Context, input: ActionInputs['changeOwner']): Happened {
  const group = getGroup(context.world, input.chatId)
  const owner = getMember(context.world, input.owner).userId
  if (!group.members.has(owner)) throw new SimulatorError('新群主要先在群里')
  group.owner = owner
  return tellUpdate(context, group, { UpdateDetail: 'change_owner' })
}

function enter(context: Context, group: Group, ids: string[], joinScene: 1 | 3) {
  const { world } = context
  for (const id of ids) {
    if (!findMember(world, id) && !world.customers.has(id)) throw new SimulatorError(`没有这个人:${id}`)
  }
  for (const id of ids) {
    const invitedBy = joinScene === INVITED && id !== group.owner ? group.owner : undefined
    group.members.set(id, { id, joinedAt: seconds(context.now()), joinScene, invitedBy })
    world.groupsOfMember.set(id, (world.groupsOfMember.get(id) ?? new Set()).add(group.chatId))
  }
  group.version = newId(world.random, '', 24)
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

function showGroup(context: Context, group: Group) {
  for (const id of group.members.keys()) if (findMember(context.world, id)) showChat(context, id, group.chatId)
}
