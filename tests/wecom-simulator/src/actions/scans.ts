import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Befriended, Happened } from '../simulator-types.ts'
import { listMembersBehind } from '../world/behind.ts'
import { getMember, SimulatorError } from '../world/find.ts'
import type { ContactWay, Group, JoinWay, World } from '../world/model.ts'
import { nextServing } from '../world/round-robin.ts'
import { addFriend } from './friends.ts'
import { createGroup, joinGroup } from './groups.ts'

/** A customer scans a 「联系我」 code; behind one of several members they come in turn. */
export function scanContactWay(
  context: Context,
  input: ActionInputs['scanContactWay'],
): Befriended & { guide: string } {
  const { world } = context
  const way = getContactWay(world, input)
  const members = listMembersBehind(world, way.users, way.parties)
  const guide = nextServing(world, members, way.scans ?? 0, input.customer)
  if (!guide) throw new SimulatorError(members.length === 0 ? '这个码后面没有人了' : '没有可以添加的成员')
  const friend = addFriend(context, {
    guide: guide.userId,
    customer: input.customer,
    name: input.name,
    phone: input.phone,
    contactWay: way.configId,
    duplicate: input.duplicate,
  })
  way.scans = (way.scans ?? 0) + 1
  return { ...friend, guide: guide.userId }
}

/** People scan a group's code: the first of its groups with room takes them. */
export function scanJoinWay(context: Context, input: ActionInputs['scanJoinWay']): Happened & { chatId: string } {
  const { world } = context
  const way = world.joinWays.get(input.configId)
  if (!way) throw new SimulatorError('这个群码已经失效')
  const { members, stranger } = input
  const { chatId } = groupWithRoom(context, way, members.length + (stranger ? 1 : 0)) ?? openNextGroup(context, way)
  return { chatId, ...joinGroup(context, { chatId, members, stranger, scene: 3, state: way.state }) }
}

function getContactWay(world: World, { configId, state }: ActionInputs['scanContactWay']): ContactWay {
  const way = configId
    ? world.contactWays.get(configId)
    : [...world.contactWays.values()].find((each) => state !== undefined && each.state === state)
  if (!way) throw new SimulatorError('这个二维码已经失效')
  return way
}

function groupWithRoom({ world, limits }: Context, way: JoinWay, people: number): Group | undefined {
  return way.chatIds
    .map((chatId) => world.groups.get(chatId))
    .find((group) => group && !group.dismissed && group.members.size + people <= limits.groupMembers)
}

/** doc 92229: auto_create_room goes on in a new group, named base and number. */
function openNextGroup(context: Context, way: JoinWay): { chatId: string } {
  const { world } = context
  const last = way.chatIds.map((chatId) => world.groups.get(chatId)).findLast((group) => group !== undefined)
  if (!way.autoCreateRoom || !last) throw new SimulatorError('群满了')
  const owner = getMember(world, last.owner).userId
  const { chatId } = createGroup(context, { owner, name: `${way.roomBaseName || last.name}${way.roomBaseId}` })
  way.roomBaseId += 1
  way.chatIds.push(chatId)
  return { chatId }
}
