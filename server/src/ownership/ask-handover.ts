import { randomUUID } from 'node:crypto'
import type { HandoverAccepted, HandoverWish } from '@zhanggui/shared/handover.ts'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { findGuideStanding } from './guide-standing.repository.ts'
import { insertHandover } from './handovers.repository.ts'
import { workHandoverJob } from './work-handover.ts'

/** Takes a handover on. WeCom is asked by a job, for all the customers there are. */
export async function askHandover(
  tx: Transaction<Database>,
  wish: HandoverWish & { askedBy: string; at: Date },
): Promise<HandoverAccepted> {
  const { kind, fromUserId, toUserId, externalUserIds, message, groups = false, askedBy, at } = wish
  if (fromUserId.toLowerCase() === toUserId.toLowerCase()) throw new AppError('same_guide')
  if (kind === 'resigned' && message !== undefined)
    throw new AppError('validation_failed', { detail: 'WeCom sends a message only with an active handover' })
  // Guides we do not know may yet be WeCom's to judge; those we know to be gone are not.
  const taker = await findGuideStanding(tx, toUserId)
  if (taker && !taker.serves) throw new AppError('guide_not_active')

  const handoverId = randomUUID()
  await insertHandover(tx, {
    handoverId,
    kind,
    fromUserId,
    toUserId: taker?.userId ?? toUserId,
    message: message ?? null,
    customerIds: externalUserIds ?? null,
    withGroups: groups,
    askedBy,
    askedAt: at,
    plannedAt: null,
    polledAt: null,
    finishedAt: null,
  })
  await recordAudit(tx, {
    actor: askedBy,
    action: 'handover.asked',
    subject: handoverId,
    detail: { kind, from: fromUserId, to: toUserId, groups, customers: externalUserIds?.length ?? 'all' },
    at,
  })
  await workHandoverJob(tx, handoverId)
  return { handoverId }
}
