import type { Context } from '../context.ts'
import { seconds } from '../world/add.ts'
import { findMember, findRelation, guideHas, isGone, listCustomersOf } from '../world/find.ts'
import { findLeaver, listUnassigned } from '../world/leavers.ts'
import type { Member, Transfer, World } from '../world/model.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf } from './paging.ts'
import { requireGuide, requireServing } from './pairs.ts'
import { findInteger, findText, getText, listTexts, requireCharacters } from './parameters.ts'

type Kind = Transfer['kind']

/** doc 92125 */
const MOST_CUSTOMERS = 100
const MESSAGE_CHARACTERS = 200
const TAKES_S = 24 * 60 * 60
const TRANSFERS = 2
const TRANSFER_WINDOW_S = 90 * 86_400
/** doc 94088 */
const ROWS_PER_PAGE = 1000
const DONE = 1
const WAITING = 2

/** docs 92125, 94081: 0 for a customer means that the handover waits, not that it happened. */
export function createTransferCustomers(kind: Kind) {
  return ({ context, body, now }: Call) => {
    const { world } = context
    const giver = requireGiver(world, getText(body, 'handover_userid'), kind, now)
    const taker = requireServing(world, getText(body, 'takeover_userid'))
    const customers = listTexts(body, 'external_userid')
    if (customers.length === 0) throw new WeComError(40063, 'external_userid is missing')
    if (customers.length > MOST_CUSTOMERS) throw new WeComError(40058, 'external_userid is too long')
    const message = kind === 'active' ? (findText(body, 'transfer_success_msg') ?? '') : ''
    requireCharacters('transfer_success_msg', message, MESSAGE_CHARACTERS)
    const room = context.limits.customersPerMember - listCustomersOf(world, taker.userId).length
    return {
      customer: customers.map((customer) => {
        const wanted = { giver: giver.userId, taker: taker.userId, customer, kind }
        const errcode = refusal(context, wanted, room, now)
        if (errcode === 0) start(world, { ...wanted, message }, now)
        return { external_userid: customer, errcode }
      }),
    }
  }
}

/** Two transfers of one member at once: 45035. */
export function reserveGiver({ body }: Call, take: (key: string) => () => void): () => void {
  return take(`transfer_customer/${findText(body, 'handover_userid')?.toLowerCase()}`)
}

/** docs 94088, 94082 */
export function createListTransfers(kind: Kind) {
  return ({ context, body }: Call) => {
    const { world } = context
    const giver = getText(body, 'handover_userid').toLowerCase()
    const taker = getText(body, 'takeover_userid').toLowerCase()
    const latest = new Map<string, Transfer>()
    for (const transfer of world.transfers) {
      if (transfer.kind !== kind) continue
      if (transfer.giver.toLowerCase() !== giver || transfer.taker.toLowerCase() !== taker) continue
      latest.set(transfer.customer, transfer)
    }
    const page = pageOf([...latest.values()], findText(body, 'cursor'), ROWS_PER_PAGE)
    return {
      customer: page.rows.map(({ customer, status, takeoverAt }) => ({
        external_userid: customer,
        status,
        takeover_time: takeoverAt,
      })),
      next_cursor: page.next,
    }
  }
}

/** doc 92124 */
export function listUnassignedCustomers({ context, body }: Call) {
  const size = findInteger(body, 'page_size') ?? ROWS_PER_PAGE
  if (size < 1 || size > ROWS_PER_PAGE) throw new WeComError(40058, 'page_size is illegal')
  const page = pageOf(listUnassigned(context.world), findText(body, 'cursor'), size)
  return {
    info: page.rows.map(({ guide, customer, leftAt }) => ({
      handover_userid: guide,
      external_userid: customer,
      dimission_time: leftAt,
    })),
    is_last: page.next === '',
    next_cursor: page.next,
  }
}

function requireGiver(world: World, userId: string, kind: Kind, now: Date): Member {
  if (kind === 'active') return requireGuide(world, userId)
  const leaver = findLeaver(world, userId)
  const member = leaver?.member ?? findMember(world, userId)
  // Customers can be handed over for a year (doc 94081).
  const tooLate = leaver !== undefined && seconds(now) - leaver.leftAt > 365 * 86_400
  if (!member || tooLate) throw new WeComError(40003, 'invalid userid')
  return member
}

type Wanted = Pick<Transfer, 'giver' | 'taker' | 'customer' | 'kind'>

/** doc 92125: an errcode per customer. */
function refusal({ world }: Context, wanted: Wanted, room: number, now: Date): number {
  const { giver, taker, customer, kind } = wanted
  if (kind === 'resigned' && !isGone(world, giver)) return 40097
  if (!world.customers.has(customer)) return 40096
  if (giver === taker) return 40130
  if (!guideHas(findRelation(world, giver, customer))) return 40131
  const earlier = world.transfers.filter((each) => each.customer === customer)
  if (earlier.some((each) => each.giver === giver && each.status === WAITING)) return kind === 'active' ? 40129 : 40100
  const recent = earlier.filter(
    (each) =>
      each.kind === 'active' &&
      (each.status === DONE || each.status === WAITING) &&
      seconds(now) - each.startedAt < TRANSFER_WINDOW_S,
  )
  if (kind === 'active' && recent.length >= TRANSFERS) return 40128
  return room <= 0 ? 40099 : 0
}

function start(world: World, wanted: Wanted & { message: string }, now: Date) {
  const startedAt = seconds(now)
  world.transfers.push({ ...wanted, status: WAITING, startedAt, takeoverAt: startedAt + TAKES_S })
}
