import type { RevealedPhones } from '@zhanggui/shared/personal-data.ts'
import { requireAllowance } from '../audit/allowance.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findMemberOf } from '../membership/members.repository.ts'
import { findOwner } from '../ownership/owner-moves.repository.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { listNotedPhones } from './noted-phones.repository.ts'

const ACTION = 'phone.viewed'
/** More than a guide calls in an hour; far fewer than somebody who copies the book. */
const ALLOWANCE = { most: 30, withinMs: 60 * 60_000 }

/** A customer's phones in clear, for the owner, a manager or HQ, with a reason; whoever looks is written down. */
export async function revealPhone(
  { db, cipher, clock }: Pick<Deps, 'db' | 'cipher' | 'clock'>,
  viewer: Viewer,
  { externalUserId, reason }: { externalUserId: string; reason: string },
): Promise<RevealedPhones> {
  const owner = await findOwner(db, externalUserId)
  const isOwner = owner?.ownerUserId?.toLowerCase() === viewer.userId.toLowerCase()
  if (viewer.role === 'guide' && !isOwner) throw new AppError('phone_not_allowed')
  const [member, noted] = await Promise.all([
    findMemberOf(db, { externalUserId }),
    listNotedPhones(db, externalUserId, cipher),
  ])
  const phone = member?.phoneSealed ? cipher.open(member.phoneSealed) : undefined
  if (phone === undefined && noted.length === 0) throw new AppError('phone_unknown')

  const entry = { actor: viewer.userId, action: ACTION, at: clock.now() }
  await db.transaction().execute(async (tx) => {
    await requireAllowance(tx, entry, ALLOWANCE)
    await recordAudit(tx, { ...entry, subject: externalUserId, reason })
  })
  return { ...(phone !== undefined && { phone }), noted }
}
