import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { addRelation, seconds } from '../world/add.ts'
import { findMember, findRelation, guideHas, listCustomersOf, SimulatorError } from '../world/find.ts'
import type { Relation, Transfer } from '../world/model.ts'
import { note, showChat, showRelation, tellAbout, together } from './happening.ts'
import { pairEvent } from './pair-event.ts'

/** doc 94088 */
const DONE = 1
const WAITING = 2
const REFUSED = 3
const LIMIT = 4
/** doc 92114: assigned by the admin. */
const ASSIGNED = 202
const USUAL_MESSAGE = '您好,您的服务已升级,后续将由我的同事接替我的工作,继续为您服务。'

/** What becomes of a handover that waits, without its 24 hours. `guide` is who gives or who takes. */
export function settleTransfer(context: Context, input: ActionInputs['settleTransfer']): Happened {
  const guide = input.guide.toLowerCase()
  const transfer = context.world.transfers.find(
    ({ status, customer, giver, taker }) =>
      status === WAITING &&
      customer === input.customer &&
      (giver.toLowerCase() === guide || taker.toLowerCase() === guide),
  )
  if (!transfer) throw new SimulatorError('没有等待接替的客户')
  return settle(context, transfer, input.outcome)
}

/** Handovers take effect by themselves after 24 hours (doc 92125). */
export function settleDueTransfers(context: Context): Happened {
  const now = seconds(context.now())
  const due = context.world.transfers.filter(({ status, takeoverAt }) => status === WAITING && takeoverAt <= now)
  return together(due.map((transfer) => settle(context, transfer, outcomeOf(context, transfer))))
}

function outcomeOf({ world, limits }: Context, { giver, taker, customer }: Transfer): 'done' | 'refused' | 'limit' {
  if (!guideHas(findRelation(world, giver, customer)) || !findMember(world, taker)?.follows) return 'refused'
  if (guideHas(findRelation(world, taker, customer))) return 'done'
  return listCustomersOf(world, taker).length >= limits.customersPerMember ? 'limit' : 'done'
}

function settle(context: Context, transfer: Transfer, outcome: 'done' | 'refused' | 'limit'): Happened {
  transfer.takeoverAt = seconds(context.now())
  if (outcome === 'done') return takeOver(context, transfer)
  transfer.status = outcome === 'refused' ? REFUSED : LIMIT
  return tellAbout(context, transfer.taker, {
    Event: 'change_external_contact',
    ChangeType: 'transfer_fail',
    FailReason: outcome === 'refused' ? 'customer_refused' : 'customer_limit_exceed',
    UserID: transfer.taker,
    ExternalUserID: transfer.customer,
  })
}

function takeOver(context: Context, transfer: Transfer): Happened {
  const { world } = context
  const { giver, taker, customer } = transfer
  const given = findRelation(world, giver, customer)
  const known = findRelation(world, taker, customer)
  // Who had the customer already, or handed them away once, is told nothing (doc 92125).
  const silent = guideHas(known) || world.transfers.some((each) => wasGivenAway(each, taker, customer))
  transfer.status = DONE
  if (given) given.state = 'removed'
  const taken = guideHas(known) ? known : startInherited(context, transfer, given)
  note(context, taker, customer, 'guide', '接替了同事的客户')
  note(context, taker, customer, 'customer', transfer.message || USUAL_MESSAGE)
  showChat(context, giver, customer)
  showRelation(context, taker, customer, taken.state)
  const ended =
    given && tellAbout(context, giver, pairEvent(given, 'del_external_contact', { Source: 'DELETE_BY_TRANSFER' }))
  const started = silent ? undefined : tellAbout(context, taker, pairEvent(taken, 'add_external_contact'))
  return together([started, ended].filter((each) => each !== undefined))
}

function wasGivenAway({ status, giver, customer }: Transfer, taker: string, whom: string): boolean {
  return status === DONE && giver === taker && customer === whom
}

/** Remark, description and corp tags come along; the giver's own tags do not (unverified). */
function startInherited(context: Context, { taker, customer }: Transfer, given: Relation | undefined): Relation {
  const relation: Relation = {
    guide: taker,
    customer,
    state: 'friends',
    addedAt: seconds(context.now()),
    addWay: ASSIGNED,
    channelState: '',
    remark: given?.remark ?? '',
    description: given?.description ?? '',
    company: given?.company ?? '',
    phones: [...(given?.phones ?? [])],
    tagIds: [...(given?.tagIds ?? [])],
    ownTags: [],
    chatStarted: false,
    welcomed: true,
  }
  addRelation(context.world, relation)
  return relation
}
