import type { ShareRequest, ShareView } from '@zhanggui/shared/share.ts'
import { readCustomerId, sendToChat } from '../wecom/wecom.ts'
import { WeComError } from '../wecom/wecom-error.ts'
import { PATIENCE_MS, within } from '../wecom/within.ts'
import { outcomeOf } from './outcome.ts'
import { createShare, reportOutcome, withdrawShare } from './share-api.ts'

export type SendResult =
  | { kind: 'handed_over'; share: ShareView }
  | { kind: 'cancelled' }
  | { kind: 'other_customer' }
  /** The client said no; or it was handed the card and has not answered: then `later` brings what it says late. */
  | { kind: 'refused'; share: ShareView; error: WeComError; later?: Promise<SendResult> }

/**
 * Records the share, makes sure whose chat is open, hands the card to WeCom and records what came of it, in this
 * order: WeCom is asked whose chat it is as late as possible, and nothing is in a chat that is not in our books.
 */
export async function sendShare(request: ShareRequest): Promise<SendResult> {
  const share = await createShare(request)
  let openNow: string
  try {
    openNow = await readCustomerId()
  } catch (cause) {
    return refused(share, cause, 'refused')
  }
  if (openNow !== request.externalUserId) {
    reportOutcome(share.shareId, { outcome: 'cancelled', detail: 'another customer' })
    // Nobody has seen this coupon; without it back the customer's limit would be used up.
    if (request.kind === 'coupon') withdrawShare(share.shareId).catch(() => {})
    return { kind: 'other_customer' }
  }
  const handing = hand(share)
  const silent = new WeComError('silent', '')
  return within(handing, PATIENCE_MS, () => silent).catch((cause: unknown) => {
    if (cause !== silent) throw cause
    reportOutcome(share.shareId, outcomeOf(silent))
    return { kind: 'refused', share, error: silent, later: handing }
  })
}

async function hand(share: ShareView): Promise<SendResult> {
  try {
    await sendToChat(share.message)
  } catch (cause) {
    return refused(share, cause)
  }
  reportOutcome(share.shareId, { outcome: 'handed_over' })
  return { kind: 'handed_over', share }
}

function refused(share: ShareView, cause: unknown, outcome?: 'refused'): SendResult {
  if (!(cause instanceof WeComError)) throw cause
  reportOutcome(share.shareId, { ...outcomeOf(cause), ...(outcome && { outcome }) })
  return cause.problem === 'cancelled' ? { kind: 'cancelled' } : { kind: 'refused', share, error: cause }
}
