import { WecomError } from '../wecom/errors.ts'
import { RunLater } from './job.ts'

/** What becomes of a job that failed. `reason` is safe to show: no ids of people, no content. */
export type Verdict =
  | { kind: 'retry'; at: Date; reason: string }
  | { kind: 'dropped' | 'final' | 'alert' | 'exhausted'; reason: string; errcode?: number }

const TRIES = 12
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 600_000

/**
 * One policy for every job, by WeCom's class of error (doc 90313): busy or silent WeCom and faults of our own are
 * tried again with growing pauses; a closed window is waited out; what needs an admin is an alert; an object out of
 * reach is dropped with its reason; WeCom's final word is final. `chance` in [0, 1) spreads the retries.
 */
export function judge(error: unknown, attempt: number, now: Date, chance: number): Verdict {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'a thrown value that is no error'
  const after = (ms: number): Verdict => ({ kind: 'retry', at: new Date(now.getTime() + ms), reason })

  if (error instanceof RunLater) return attempt < error.tries ? after(error.afterMs) : { kind: 'exhausted', reason }
  if (error instanceof WecomError) {
    const { errcode } = error
    switch (error.failure) {
      case 'configuration':
        return { kind: 'alert', reason, errcode }
      case 'object':
        return { kind: 'dropped', reason, errcode }
      case 'request':
      case 'final':
        return { kind: 'final', reason, errcode }
      case 'throttled':
        // Everybody waits for the same window; without the spread all would come back at once.
        return { kind: 'retry', at: new Date((error.until ?? now).getTime() + chance * 10_000), reason }
      case 'transient':
      case 'token':
        if (attempt >= TRIES) return { kind: 'exhausted', reason, errcode }
    }
  }
  if (attempt >= TRIES) return { kind: 'exhausted', reason }
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  return after(pause * (0.5 + chance))
}
