import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { countSentCodes, insertVerification, lockVerifications, spendTry } from './phone-verifications.repository.ts'

const CODE_LIFETIME_MS = 5 * 60 * 1000
const TRIES = 5
const PAUSE_MS = 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000
const MOST_TO_PHONE = 5
const MOST_FROM_INVITATION = 8

export type Sending = 'sent' | 'too_soon' | 'too_many' | 'failed'

/**
 * Sends a code to a phone. Nothing is looked up about the phone but the codes sent to it: who owns it, and whether we
 * know it, changes neither the answer nor the time it takes. The code is on record before it goes out, so that the
 * limits hold for requests made at once, and for a gateway that fails.
 */
export async function sendCode(
  { db, cipher, clock, sms, log }: Pick<Deps, 'db' | 'cipher' | 'clock' | 'sms' | 'log'>,
  invitationId: number,
  phone: string,
): Promise<Sending> {
  if (!sms) return 'failed'
  const phoneHash = cipher.hash(phone)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const sentAt = clock.now()
  const refusal = await db.transaction().execute(async (trx) => {
    await lockVerifications(trx, invitationId, phoneHash)
    const since = new Date(sentAt.getTime() - DAY_MS)
    const { toPhone, fromInvitation, lastSentAt } = await countSentCodes(trx, invitationId, phoneHash, since)
    if (toPhone >= MOST_TO_PHONE || fromInvitation >= MOST_FROM_INVITATION) return 'too_many'
    if (lastSentAt && sentAt.getTime() - lastSentAt.getTime() < PAUSE_MS) return 'too_soon'
    const expiresAt = new Date(sentAt.getTime() + CODE_LIFETIME_MS)
    const codeHash = cipher.hash(codeText(invitationId, phone, code))
    await insertVerification(trx, { invitationId, phoneHash, codeHash, sentAt, expiresAt })
    return undefined
  })
  if (refusal) return refusal
  try {
    await sms.send(phone, code)
    return 'sent'
  } catch (error) {
    log.error({ err: error, invitationId }, 'a verification code could not be sent')
    return 'failed'
  }
}

/** The verification this code proves; undefined: wrong, too old, or tried too often, which are not told apart. */
export async function checkCode(
  { db, cipher, clock }: Pick<Deps, 'db' | 'cipher' | 'clock'>,
  invitationId: number,
  { number, code }: { number: string; code: string },
): Promise<number | undefined> {
  const verification = await spendTry(db, invitationId, cipher.hash(number), clock.now(), TRIES)
  if (!verification) return undefined
  const given = Buffer.from(cipher.hash(codeText(invitationId, number, code)))
  const sent = Buffer.from(verification.codeHash)
  return given.length === sent.length && timingSafeEqual(given, sent) ? verification.verificationId : undefined
}

function codeText(invitationId: number, phone: string, code: string): string {
  return `code ${invitationId} ${phone} ${code}`
}
