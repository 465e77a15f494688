import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import { mirrorCustomer } from './mirror-customer.ts'
import { isKnownPair } from './visibility.repository.ts'

/** Nobody waits longer than this for a card; the callback's own job goes on. */
const PATIENCE_MS = 2_000
const NOT_AGAIN_MS = 15_000
const REMEMBERED = 1_000

/**
 * A guide may open the chat before the callback of a new friend is worked, or after one was lost. Before a customer is
 * shown as unknown or nameless, WeCom is asked once, and what it says is mirrored; who may see whom is then decided,
 * as ever, from our own data. The same question is not asked again for a while.
 */
export function createSecondLook(deps: Deps): (guideUserId: string, externalUserId: string) => Promise<void> {
  const asked = new Map<string, number>()

  return async (guideUserId, externalUserId) => {
    const { db, clock, log } = deps
    const known = await isKnownPair(db, guideUserId, externalUserId)
    const now = clock.now().getTime()
    const question = `${guideUserId} ${externalUserId}`
    if (known || now < (asked.get(question) ?? 0)) return
    if (asked.size >= REMEMBERED) asked.clear()
    asked.set(question, now + NOT_AGAIN_MS)
    try {
      await mirrorCustomer(externalUserId, deps, { timeoutMs: PATIENCE_MS, retryBusy: false })
    } catch (error) {
      // Not a friend, or WeCom is busy: then what we know is what we show.
      if (!(error instanceof WecomError)) throw error
      log.debug({ errcode: error.errcode }, 'a second look at a customer found nothing')
    }
  }
}
