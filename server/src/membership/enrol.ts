import type { Transaction } from 'kysely'
import { lockCustomer } from '../customers/turns.repository.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { consentWordings } from './consent.ts'
import { markEnrolled } from './crm-members.repository.ts'
import { findUnionId, insertConsents, insertMember, linkMember, lockMembersWithPhone } from './enrolment.repository.ts'
import type { Application } from './join-form.ts'
import { makeMemberNo } from './member-no.ts'
import { findMemberOf } from './members.repository.ts'
import { setConfirmed } from './phone-verifications.repository.ts'

type EnrolDeps = Pick<Deps, 'db' | 'cipher' | 'clock' | 'log'>

/** Numbers are random among ten thousand million: one taken is rare, three in a row do not happen. */
const NUMBER_TRIES = 5

/**
 * Makes the customer a member, once: for one who is a member already nothing changes. `verificationId` proves that
 * the phone is theirs; false means somebody has used that proof before.
 */
export async function enrol(
  { db, cipher, clock, log }: EnrolDeps,
  externalUserId: string,
  { name, birthday, phone, consents }: Application,
  verificationId: number | undefined,
): Promise<boolean> {
  const now = clock.now()
  return db.transaction().execute(async (trx) => {
    await lockCustomer(trx, externalUserId)
    if (await findMemberOf(trx, { externalUserId })) return true
    const verified = phone && verificationId !== undefined ? phone.number : undefined
    if (verified && verificationId !== undefined && !(await setConfirmed(trx, verificationId, now))) return false

    const unionId = await findUnionId(trx, externalUserId)
    const customer = { externalUserId, unionId, name, birthday: birthday ?? null }
    const phoneHash = verified ? cipher.hash(verified) : null
    const { known, others } = await findOwnMember(trx, phoneHash, unionId)
    if (known) await linkMember(trx, known, customer, now)
    const memberNo =
      known ??
      (await insertNewMember(trx, {
        ...customer,
        phoneHash,
        phoneSealed: verified ? cipher.seal(verified) : null,
        phoneVerifiedAt: verified ? now : null,
        joinedAt: now,
      }))
    if (others.length > 0) log.warn({ memberNo, others }, 'members share a verified phone; none were merged')

    const given = consentWordings.filter(({ purpose }) => consents.includes(purpose))
    await insertConsents(trx, externalUserId, given, now)
    await markEnrolled(trx, [memberNo], now)
    return true
  })
}

/**
 * The member a confirmed phone belongs to, if that is beyond doubt: the only one with it, nobody else's, and of no
 * other unionid. In doubt nothing is merged: the phone then means two members, and so matches no order.
 */
async function findOwnMember(
  trx: Transaction<Database>,
  phoneHash: string | null,
  unionId: string | null,
): Promise<{ known?: string; others: string[] }> {
  if (phoneHash === null) return { others: [] }
  const members = await lockMembersWithPhone(trx, phoneHash)
  const [only] = members
  const isOwn =
    members.length === 1 &&
    only?.externalUserId === null &&
    (only.unionId === null || unionId === null || only.unionId === unionId)
  if (isOwn) return { known: only.memberNo, others: [] }
  return { others: members.map(({ memberNo }) => memberNo) }
}

async function insertNewMember(
  trx: Transaction<Database>,
  member: Omit<Parameters<typeof insertMember>[1], 'memberNo'>,
): Promise<string> {
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const memberNo = makeMemberNo()
    if (await insertMember(trx, { ...member, memberNo })) return memberNo
  }
  throw new Error('no free member number was found')
}
