import { keepManyCustomerNews } from '../customers/customers.repository.ts'
import { countLiveRelations } from '../customers/full-reading.repository.ts'
import { toNews } from '../customers/wecom-customer.ts'
import { WecomError } from '../wecom/errors.ts'
import type { BatchByUser } from '../wecom/shapes.ts'
import { halves, isolated } from './isolate.ts'
import { endMissingCustomers } from './missing-customers.ts'
import type { SyncPart, UnitWork } from './part.ts'
import { planUnits, ROWS_PER_PAGE } from './plan-units.ts'
import type { Tally } from './tally.ts'

/** 50100 invalid cursor; 40063, 40035 bad parameter, which with a cursor means the same (doc 90313). */
const CURSOR_REFUSED = [50100, 40063, 40035]
const RESTARTS = 3
/** None of them has a customer. */
const NO_CUSTOMERS = 84061

/** Every follow relation, by `batch/get_by_user` (doc 92994). */
export const customersPart: SyncPart = {
  name: 'customers',
  async plan({ db, wecom }) {
    const { follow_user } = await wecom.call('externalcontact/get_follow_user_list', {})
    return planUnits([...new Set(follow_user)], await countLiveRelations(db))
  },
  async work(work) {
    for (let restarts = 0; ; ) {
      const page = await readPage(work)
      if (page === 'replaced') return
      if (page === 'cursor refused') {
        restarts += 1
        if (restarts > RESTARTS) throw unusable('a cursor of its own refused again and again')
        await work.restart()
      } else {
        await keepPage(work, page)
        if (!page.next) return
      }
    }
  },
  finish: endMissingCustomers,
}

interface Page {
  heardAt: Date
  rows: BatchByUser['external_contact_list']
  next: string | null
}

async function readPage(work: UnitWork): Promise<Page | 'cursor refused' | 'replaced'> {
  const { unit, deps } = work
  const heardAt = deps.clock.now()
  try {
    const answer = await deps.wecom.call('externalcontact/batch/get_by_user', {
      userid_list: [...unit.subjects],
      limit: ROWS_PER_PAGE,
      ...(unit.cursor !== null && { cursor: unit.cursor }),
    })
    const next = answer.next_cursor || null
    if (next !== null && next === unit.cursor) throw unusable('the cursor of the next page is that of this one')
    return { heardAt, rows: answer.external_contact_list ?? [], next }
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    if (unit.cursor !== null && CURSOR_REFUSED.includes(error.errcode ?? 0)) return 'cursor refused'
    if (error.failure !== 'object') throw error
    return isolate(work, error)
  }
}

function unusable(hint: string): WecomError {
  return new WecomError({ endpoint: 'externalcontact/batch/get_by_user', doc: '92994', failure: 'request', hint })
}

async function isolate(work: UnitWork, error: WecomError): Promise<Page | 'replaced'> {
  const plans = halves(work)
  if (plans.length === 0 && error.errcode === NO_CUSTOMERS)
    return { heardAt: work.deps.clock.now(), rows: [], next: null }
  // A unit that covers nobody any more ends nothing.
  await work.replaceBy(plans, plans.length === 0 ? isolated(work.unit, error) : undefined)
  return 'replaced'
}

function keepPage(work: UnitWork, { heardAt, rows, next }: Page): Promise<void> {
  const { cipher } = work.deps
  return work.keep({ cursor: next }, async (tx): Promise<Partial<Tally>> => {
    if (rows.length === 0) return {}
    const drift = await keepManyCustomerNews(
      tx,
      rows.map((row) => toNews(row, heardAt, cipher)),
    )
    return { rows: rows.length, added: drift.newRelations, changed: drift.changedRelations, drift: { ...drift } }
  })
}
