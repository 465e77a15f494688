import { randomUUID } from 'node:crypto'
import type { Erased } from '@zhanggui/shared/personal-data.ts'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/audit.repository.ts'
import { lockCustomer } from '../customers/turns.repository.ts'
import { isCustomerKnown } from '../customers/visibility.repository.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Task } from '../jobs/job.ts'
import { eraseRows, findErased, findErasedBy, forgetIdentities, keepErased } from './erase.repository.ts'
import { findPerson } from './find-person.repository.ts'

/** By then whatever was being worked while the person was erased has ended. */
const SWEEP_AFTER_MS = 5 * 60_000

interface ErasureWish {
  externalUserId: string
  reason: string
  actor: string
  at: Date
}

/**
 * Erases a person: what is personal goes, money stays under a pseudonym nobody can turn back. Done again, it finds
 * nothing more and says when it was done. Who befriends a guide afterwards begins anew.
 */
export async function eraseCustomer(tx: Transaction<Database>, wish: ErasureWish): Promise<Erased> {
  const { externalUserId, reason, actor, at } = wish
  await lockCustomer(tx, externalUserId)
  const before = await findErased(tx, externalUserId)
  const erased = await eraseAll(tx, externalUserId, at)
  if (!erased) {
    if (before) return { externalUserId, erasedAt: before.toISOString() }
    throw new AppError('not_found', { detail: 'nothing is held of this customer' })
  }
  const { rows, pseudonym } = erased
  await recordAudit(tx, { actor, action: 'customer.erased', subject: externalUserId, reason, detail: { rows }, at })
  const runAt = new Date(at.getTime() + SWEEP_AFTER_MS)
  await enqueue(tx, { task: sweepErased.name, payload: { pseudonym }, priority: 10, runAt })
  return { externalUserId, erasedAt: at.toISOString() }
}

/** What was being written about a person while they were erased is erased a little later. */
export const sweepErased: Task = {
  name: 'sweep_erased',
  lane: 'general',
  async run({ pseudonym }, { db }) {
    const externalUserId = await findErasedBy(db, String(pseudonym))
    if (externalUserId === undefined) return
    await db.transaction().execute(async (tx) => {
      await lockCustomer(tx, externalUserId)
      const erasedAt = await findErased(tx, externalUserId)
      // Who has come back since is a new customer, and theirs is theirs.
      if (erasedAt && !(await isCustomerKnown(tx, externalUserId))) await eraseAll(tx, externalUserId, erasedAt)
    })
  },
}

async function eraseAll(tx: Transaction<Database>, externalUserId: string, at: Date) {
  const person = await findPerson(tx, externalUserId)
  // No id of WeCom's holds a colon; each erasure has its own, so that two lives of one person are not joined.
  const pseudonym = `erased:${randomUUID()}`
  const rows = await eraseRows(tx, person, { pseudonym, at })
  if (Object.keys(rows).length === 0) return undefined
  await forgetIdentities(tx, person)
  await keepErased(tx, { externalUserId, erasedAt: at, pseudonym })
  return { rows, pseudonym }
}
