import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { WelcomeOutcome } from '@zhanggui/shared/customer.ts'
import type { Handler } from '../callbacks/handler.ts'
import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import type { MessageAttachment } from '../wecom/shapes.ts'
import { mediaIdOf } from './attachments.ts'
import { type Composition, composeWelcome } from './compose.ts'
import { forgetMedia } from './media.repository.ts'
import { claimWelcome, recordNoCode, settleWelcome } from './welcome.repository.ts'

/** A welcome code works once, within 20 s of its event (doc 92137). */
export const WELCOME_WINDOW_MS = 20_000
/** Another app is sending right now; ask again until it has (doc 92137). */
const RACING = 41096
const RACING_PAUSE_MS = 1_200
const DELIVERED_OR_CHATTING = 41051
const CODE_EXPIRED = 41050
const BUSY = -1
const BUSY_TRIES = 3
const BUSY_PAUSE_MS = 400
/** No single call may eat the whole window. */
const CALL_MS = 5_000

interface Ending {
  outcome: WelcomeOutcome
  reason?: string
  errcode?: number
  /** The membership invitation was among what WeCom took. */
  invited?: boolean
  /** To be seen by an admin as well. */
  alert?: WecomError
}

export const sendWelcome: Handler<'follow.added' | 'follow.half_added' | 'follow.archive_approved'> = {
  task: 'send_welcome',
  lane: 'welcome',
  async handle(event, deps) {
    const { db, clock, metrics } = deps
    const { guideUserId, externalUserId, welcomeCode } = event.data
    const pair = { guideUserId, externalUserId, eventAt: event.at, receivedAt: event.receivedAt }
    if (welcomeCode === undefined) {
      const claimKey = `event ${guideUserId} ${externalUserId} ${event.at.getTime()}`
      if (event.name !== 'follow.archive_approved' && (await recordNoCode(db, { ...pair, claimKey })))
        metrics.welcomes.inc({ outcome: 'no_code' })
      return
    }

    const channelState = 'channelState' in event.data ? event.data.channelState : undefined
    const claimed = await claimWelcome(db, { ...pair, channelState, claimKey: `code ${sha256(welcomeCode)}` })
    if (claimed.outcome !== null) return

    const closesAt = event.at.getTime() + WELCOME_WINDOW_MS
    const msLeft = () => closesAt - clock.now().getTime()
    let composition: Composition | undefined
    let ending: Ending = { outcome: 'expired', reason: 'window_over' }
    if (msLeft() > 0) {
      composition = await composeWelcome(event, claimed, deps)
      ending = await sendWithin(msLeft, welcomeCode, composition, deps)
    }

    const finishedAt = clock.now()
    const latencyMs = ending.outcome === 'sent' ? finishedAt.getTime() - event.receivedAt.getTime() : null
    await settleWelcome(db, claimed.welcomeId, {
      invitedBy: ending.invited ? composition?.invitation?.id : undefined,
      outcome: ending.outcome,
      reason: ending.reason ?? null,
      errcode: ending.errcode ?? null,
      ruleId: composition?.ruleId ?? null,
      finishedAt,
      latencyMs,
    })
    metrics.welcomes.inc({ outcome: ending.outcome })
    if (latencyMs !== null) metrics.welcomeLatency.observe(latencyMs / 1000)
    if (ending.alert) throw ending.alert
  },
}

/** Sends until WeCom has said yes, has said a final no, or the window is over. */
async function sendWithin(msLeft: () => number, code: string, composition: Composition, deps: Deps): Promise<Ending> {
  const { text, invitation, attachments } = composition
  const own: MessageAttachment[] = invitation ? [invitation.attachment] : []
  // If an attachment is refused, the rule's go first, then the invitation; the text always gets its chance.
  const plans: MessageAttachment[][] = [[...own, ...attachments]]
  if (attachments.length > 0) plans.push(own)
  if (own.length > 0) plans.push([])

  let busy = 0
  let last: WecomError | undefined
  while (msLeft() > 0) {
    const plan = plans[0] ?? []
    try {
      await deps.wecom.call(
        'externalcontact/send_welcome_msg',
        { welcome_code: code, text: { content: text }, ...(plan.length > 0 ? { attachments: plan } : {}) },
        { timeoutMs: Math.min(CALL_MS, msLeft()), retryBusy: false },
      )
      const complete = plan.length === own.length + attachments.length
      return {
        outcome: 'sent',
        ...(complete ? {} : { reason: 'without_attachments' }),
        invited: own.some((attachment) => plan.includes(attachment)),
      }
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      last = error
      const { errcode } = error
      if (errcode === DELIVERED_OR_CHATTING) return { outcome: 'raced', errcode }
      if (errcode === CODE_EXPIRED) return { outcome: 'expired', reason: 'code_refused', errcode }
      if (error.failure === 'configuration')
        return { outcome: 'failed', reason: 'configuration', errcode, alert: error }
      if (errcode === BUSY) {
        busy += 1
        if (busy >= BUSY_TRIES) return { outcome: 'failed', reason: 'wecom_busy', errcode }
      }
      if (errcode === RACING) await pause(RACING_PAUSE_MS)
      else if (error.failure === 'request' && plans.length > 1) {
        await forgetMedia(
          deps.db,
          plan.flatMap((attachment) => mediaIdOf(attachment) ?? []),
        )
        plans.shift()
      } else if (error.failure === 'transient' || error.failure === 'token') await pause(BUSY_PAUSE_MS)
      else if (error.failure === 'throttled' && (error.until?.getTime() ?? 0) - deps.clock.now().getTime() < msLeft())
        await pause(BUSY_PAUSE_MS)
      else return { outcome: 'failed', reason: error.failure, errcode }
    }
  }
  if (last?.errcode === RACING) return { outcome: 'raced', reason: 'another_app_sending', errcode: RACING }
  return { outcome: 'expired', reason: last ? 'wecom_unreachable' : 'window_over', errcode: last?.errcode }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
