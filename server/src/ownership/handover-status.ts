import type { HandoverStatus } from '@zhanggui/shared/handover.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { countStates, listCustomerStates, listGroupStates } from './handover-status.repository.ts'
import { reasonWords } from './handover-words.ts'
import { findHandover } from './handovers.repository.ts'

/** One page of a handover's customers, by id. `after` is the last one already seen. */
export async function readHandover(
  db: Db,
  handoverId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<HandoverStatus> {
  const handover = await findHandover(db, handoverId)
  if (!handover) throw new AppError('handover_unknown')
  const { kind, fromUserId, toUserId, withGroups, askedAt, finishedAt } = handover
  const [counts, customers, groups] = await Promise.all([
    countStates(db, handoverId),
    listCustomerStates(db, handoverId, { after, limit: limit + 1 }),
    withGroups && after === undefined ? listGroupStates(db, handoverId) : undefined,
  ])
  const page = customers.slice(0, limit)
  const last = customers.length > limit ? page.at(-1) : undefined
  return {
    handoverId,
    kind,
    fromUserId,
    toUserId,
    state: finishedAt ? 'finished' : 'running',
    askedAt: askedAt.toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
    counts: { queued: 0, waiting: 0, done: 0, refused: 0, limit: 0, failed: 0, ...counts },
    customers: page.map(({ externalUserId, state, ...ending }) => ({ externalUserId, state, ...toOutcome(ending) })),
    ...(groups && { groups: groups.map(({ chatId, state, ...ending }) => ({ chatId, state, ...toOutcome(ending) })) }),
    ...(last && { nextCursor: last.externalUserId }),
  }
}

function toOutcome({
  reason,
  errcode,
  endedAt,
}: {
  reason: string | null
  errcode: number | null
  endedAt: Date | null
}) {
  return {
    ...(reason !== null && { reason, detail: reasonWords(reason) }),
    ...(errcode !== null && { errcode }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  }
}
