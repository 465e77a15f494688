import type { Context } from '../context.ts'
import type { AddFriendInput, Pair } from '../control-types.ts'
import type { Befriended, Happened } from '../simulator-types.ts'
import { addRelation, seconds } from '../world/add.ts'
import { findRelation, getCustomer, getMember, getRelation, SimulatorError } from '../world/find.ts'
import type { Customer, Relation } from '../world/model.ts'
import { newCustomer } from '../world/new-customer.ts'
import { note, showRelation, tellAbout } from './happening.ts'
import { pairEvent } from './pair-event.ts'

const SCANNED_QR = 1
/** add_way of customers handed over or shared inside the corp; they come without a welcome code. */
const SHARED_IN_CORP = new Set([201, 202])
const ADD_WAYS = new Map([
  [1, '扫描二维码'],
  [2, '搜索手机号'],
  [3, '名片分享'],
  [4, '群聊'],
  [16, '获客链接'],
  [201, '内部成员共享'],
  [202, '管理员分配'],
])
/** characters of a contact way's state (doc 92228), and more for a link's channel (doc 97298) */
const STATE_LENGTH = 64

export function addFriend(context: Context, wish: AddFriendInput): Befriended {
  const { world } = context
  const input = wish.contactWay ? throughContactWay(context, wish, wish.contactWay) : wish
  const guide = getMember(world, input.guide)
  const known = input.customer ? findRelation(world, guide.userId, input.customer) : undefined
  if (known?.state === 'friends' || known?.state === 'half') throw new SimulatorError('他们已经是好友了')
  if ((input.state ?? '').length > STATE_LENGTH) throw new SimulatorError('渠道参数太长了')
  const customer = input.customer ? getCustomer(world, input.customer) : newCustomer(world, input)
  const relation = startRelation(context, input, guide.userId, customer, known)
  world.shownPhone = customer.externalUserId
  const way = ADD_WAYS.get(relation.addWay) ?? '其他方式'
  const pending = input.half ? ',等你确认' : ''
  note(context, guide.userId, customer.externalUserId, 'guide', `${customer.name} 通过${way}添加了你${pending}`)
  note(context, guide.userId, customer.externalUserId, 'customer', `你已添加了${guide.name},现在可以开始聊天了`)
  showRelation(context, guide.userId, customer.externalUserId, relation.state)

  const welcomeCode = guide.follows ? welcomeCodeFor(context, relation, customer, input) : undefined
  const event = pairEvent(relation, input.half ? 'add_half_external_contact' : 'add_external_contact', {
    State: relation.channelState || undefined,
    WelcomeCode: welcomeCode,
  })
  const happened = tellAbout(context, guide.userId, event, { duplicate: input.duplicate })
  return { externalUserId: customer.externalUserId, welcomeCode, ...happened }
}

export function confirmHalf(context: Context, pair: Pair): Happened & { welcomeCode?: string } {
  const relation = getRelation(context.world, pair.guide, pair.customer)
  if (relation.state !== 'half') throw new SimulatorError('没有等待确认的好友申请')
  relation.state = 'friends'
  showRelation(context, relation.guide, relation.customer, 'friends')
  const customer = getCustomer(context.world, relation.customer)
  const welcomeCode = welcomeCodeFor(context, relation, customer, {})
  const event = pairEvent(relation, 'add_external_contact', {
    State: relation.channelState || undefined,
    WelcomeCode: welcomeCode,
  })
  return { welcomeCode, ...tellAbout(context, relation.guide, event) }
}

export function deleteByCustomer(context: Context, pair: Pair): Happened {
  const relation = getRelation(context.world, pair.guide, pair.customer)
  if (relation.state === 'lost' || relation.state === 'removed') throw new SimulatorError('他们已经不是好友了')
  // A guide who never confirmed has no one-way relation to keep.
  relation.state = relation.state === 'half' ? 'removed' : 'lost'
  note(context, relation.guide, relation.customer, 'customer', '你已删除该联系人')
  showRelation(context, relation.guide, relation.customer, relation.state)
  return tellAbout(context, relation.guide, pairEvent(relation, 'del_follow_user'))
}

export function deleteByGuide(context: Context, pair: Pair, options: { transfer?: boolean } = {}): Happened {
  const relation = getRelation(context.world, pair.guide, pair.customer)
  if (relation.state === 'removed') throw new SimulatorError('他们已经不是好友了')
  relation.state = 'removed'
  showRelation(context, relation.guide, relation.customer, 'removed')
  const source = options.transfer ? 'DELETE_BY_TRANSFER' : undefined
  return tellAbout(context, relation.guide, pairEvent(relation, 'del_external_contact', { Source: source }))
}

/** doc 92228: a way that skips verification makes half friends. */
function throughContactWay({ world }: Context, input: AddFriendInput, configId: string): AddFriendInput {
  const way = world.contactWays.get(configId)
  if (!way) throw new SimulatorError('这个二维码已经失效')
  return { ...input, state: input.state ?? way.state, half: input.half ?? way.skipVerify }
}

/** doc 92130; absent in the cases of callbacks.md's list: talking already, welcomed already, WeCom users, console. */
function welcomeCodeFor(
  context: Context,
  relation: Relation,
  customer: Customer,
  { welcomeInConsole }: Pick<AddFriendInput, 'welcomeInConsole'>,
): string | undefined {
  const never = welcomeInConsole || customer.type === 2 || SHARED_IN_CORP.has(relation.addWay)
  if (never || relation.welcomed || relation.chatStarted) return undefined
  return context.welcomeCodes.issue(relation)
}

function startRelation(
  context: Context,
  input: AddFriendInput,
  guide: string,
  customer: Customer,
  known: Relation | undefined,
): Relation {
  // A guide who was deleted by the customer still has the old remark and tags.
  const kept = known?.state === 'lost' ? known : undefined
  const relation: Relation = {
    guide,
    customer: customer.externalUserId,
    state: input.half ? 'half' : 'friends',
    addedAt: seconds(context.now()),
    addWay: input.addWay ?? SCANNED_QR,
    channelState: input.state ?? '',
    remark: kept?.remark ?? '',
    description: kept?.description ?? '',
    company: kept?.company ?? '',
    phones: kept?.phones ?? [],
    tagIds: kept?.tagIds ?? [],
    ownTags: kept?.ownTags ?? [],
    chatStarted: false,
    welcomed: false,
  }
  addRelation(context.world, relation)
  return relation
}
