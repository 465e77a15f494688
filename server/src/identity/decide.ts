import type { IdentityDecided } from '@zhanggui/shared/identity.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { readConflictId } from './conflict-id.ts'
import { listClaimants } from './conflicts.ts'
import { insertDecision, lockIdentity, undoDecision } from './decisions.repository.ts'
import { findDecision, findMeaning } from './evidence.repository.ts'

interface Wish {
  id: string
  reason: string
  /** Who decided. */
  by: string
  /** Who told us, for the audit. */
  actor: string
  at: Date
}

/** For one of the sides. Nothing is merged: whatever asks who somebody is hears this first. */
export async function decideConflict(tx: Db, wish: Wish & { externalUserId: string }): Promise<IdentityDecided> {
  const { id, externalUserId, reason, by, actor, at } = wish
  const key = readConflictId(id)
  await lockIdentity(tx, key)
  const claimants = await listClaimants(tx, key)
  if (claimants.length < 2) throw new AppError('conflict_unknown')
  if (!claimants.includes(externalUserId)) throw new AppError('not_a_claimant')
  await insertDecision(tx, {
    ...key,
    externalUserId,
    cause: 'decision',
    claimants,
    reason,
    decidedBy: by,
    decidedAt: at,
  })
  const detail = { conflict: key.kind, claimants, by }
  await recordAudit(tx, { actor, action: 'identity.decided', subject: externalUserId, reason, detail, at })
  return { id, externalUserId }
}

/** Separates again: everything means what it meant before the decision. */
export async function undoConflict(tx: Db, { id, reason, by, actor, at }: Wish): Promise<IdentityDecided> {
  const key = readConflictId(id)
  await lockIdentity(tx, key)
  const decision = await findDecision(tx, key)
  if (decision?.cause !== 'decision') throw new AppError('conflict_undecided')
  const { identityDecisionId, externalUserId: was } = decision
  await undoDecision(tx, identityDecisionId, { undoneAt: at, undoneBy: by, undoReason: reason })
  const detail = { conflict: key.kind, by }
  await recordAudit(tx, { actor, action: 'identity.undone', subject: was, reason, detail, at })
  const externalUserId = await findMeaning(tx, key)
  return { id, ...(externalUserId !== undefined && { externalUserId }) }
}
