import type { Clock } from '../clock.ts'
import { WecomError } from '../wecom/errors.ts'
import type { Wecom } from '../wecom/port.ts'
import { type CallBudget, type CallRule, createCallBudget } from './call-budget.ts'
import { createLane, type Lane } from './lane.ts'

/**
 * Four fifths of what doc 90312 allows per API: the rest is for callbacks and welcomes, here and on other servers.
 */
export const SYNC_RULES: readonly CallRule[] = [
  { windowMs: 60_000, calls: 8_000 },
  { windowMs: 3_600_000, calls: 120_000 },
]
/** WeCom asks for at most three more tries after -1 (doc 90313). */
const BUSY_TRIES = 4
const SILENT_TRIES = 6
/** At a width of one somebody else holds the place; patience is all that helps. */
const CROWDED_TRIES = 20
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const WINDOW_MS = 60_000
const CROWDED = 45033

export interface PaceParts {
  wecom: Wecom
  clock: Clock
  wait: (ms: number) => Promise<void>
  /** Calls of one endpoint at once, at most. */
  widest: number
  rules?: readonly CallRule[]
  /** Calls of an endpoint this process has ever made, ours among them. */
  callsMade?: (endpoint: string) => Promise<number>
  /** Told while a window is closed. */
  onPause?: (endpoint: string, until: Date) => void
}

/** Makes ports on the same lanes and budgets; each reports its own calls. */
export type Pace = (onCall: (endpoint: string) => void) => Wecom

interface Track {
  lane: Lane
  budget: CallBudget
  closedUntil: number
  /** Calls of anybody that the budget knows of. */
  counted: number | undefined
}

/**
 * WeCom for one who makes thousands of calls: no more at once than WeCom bears, no more in a window than is allowed,
 * and whatever passes is waited for. What comes out as an error is final for this question.
 */
export function createPace({ wecom, clock, wait, widest, rules = SYNC_RULES, callsMade, onPause }: PaceParts): Pace {
  const tracks = new Map<string, Track>()
  const now = () => clock.now().getTime()

  function track(endpoint: string): Track {
    const known = tracks.get(endpoint)
    if (known) return known
    const fresh = { lane: createLane(widest), budget: createCallBudget(rules), closedUntil: 0, counted: undefined }
    tracks.set(endpoint, fresh)
    return fresh
  }

  async function waitForWindow(endpoint: string, its: Track) {
    for (;;) {
      if (callsMade) {
        const made = await callsMade(endpoint)
        its.counted ??= made
        if (made > its.counted) its.budget.spend(made - its.counted, now())
        its.counted = Math.max(made, its.counted)
      }
      const pauseMs = Math.max(its.closedUntil - now(), its.budget.delay(now()))
      if (pauseMs <= 0) return
      onPause?.(endpoint, new Date(now() + pauseMs))
      await wait(pauseMs)
    }
  }

  /** Pauses before another try, or throws what cannot be helped. */
  async function recover(error: unknown, tries: Map<string, number>, its: Track, began: number) {
    if (!(error instanceof WecomError)) throw error
    if (error.failure === 'throttled') {
      its.closedUntil = Math.max(its.closedUntil, error.until?.getTime() ?? now() + WINDOW_MS)
      return
    }
    if (error.failure !== 'transient') throw error
    its.lane.overloaded(began, now())
    const kind = error.errcode === undefined ? 'silent' : error.errcode === CROWDED ? 'crowded' : 'busy'
    const tried = (tries.get(kind) ?? 0) + 1
    tries.set(kind, tried)
    if (tried >= { silent: SILENT_TRIES, crowded: CROWDED_TRIES, busy: BUSY_TRIES }[kind]) throw error
    await wait(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tried - 1)) * (0.5 + Math.random()))
  }

  return (onCall) => ({
    ...wecom,
    async call(endpoint, params, options) {
      const its = track(endpoint)
      const tries = new Map<string, number>()
      for (;;) {
        await its.lane.enter()
        let began = now()
        let failure: unknown
        try {
          await waitForWindow(endpoint, its)
          began = now()
          its.budget.spend(1, began)
          its.counted = (its.counted ?? 0) + 1
          onCall(endpoint)
          const answer = await wecom.call(endpoint, params, { ...options, retryBusy: false })
          its.lane.answered(began, now() - began)
          return answer
        } catch (error) {
          failure = error
        } finally {
          its.lane.leave()
        }
        await recover(failure, tries, its, began)
      }
    },
  })
}
