import { WeComError } from './errors.ts'

/** doc 90312: per corp and API. A minute rule blocks for 60 s, an hour rule for 60 min. */
export interface RateRule {
  windowMs: number
  calls: number
}
export const MINUTE_RULE: RateRule = { windowMs: 60_000, calls: 10_000 }
export const HOUR_RULE: RateRule = { windowMs: 60 * 60_000, calls: 150_000 }
export const BASE_RULES: readonly RateRule[] = [MINUTE_RULE, HOUR_RULE]

interface Counter {
  windowStart: number
  calls: number
  blockedUntil: number
}

export type RateLimits = ReturnType<typeof createRateLimits>

export function createRateLimits() {
  const counters = new Map<string, Counter>()
  return {
    take(key: string, rule: RateRule, now: Date) {
      const time = now.getTime()
      const name = `${key}/${rule.windowMs}`
      const counter = counters.get(name) ?? { windowStart: time, calls: 0, blockedUntil: 0 }
      counters.set(name, counter)
      if (counter.blockedUntil > time) throw new WeComError(45009, 'api freq out of limit')
      if (time - counter.windowStart >= rule.windowMs) Object.assign(counter, { windowStart: time, calls: 0 })
      counter.calls += 1
      if (counter.calls <= rule.calls) return
      counter.blockedUntil = time + rule.windowMs
      throw new WeComError(45009, 'api freq out of limit')
    },
  }
}

export type Concurrency = ReturnType<typeof createConcurrency>

/** Slots by name; what is over the limit is refused, never queued. */
export function createConcurrency() {
  const taken = new Map<string, number>()
  return {
    take(key: string, limit: number, errcode: 45033 | 45035): () => void {
      const inFlight = taken.get(key) ?? 0
      if (inFlight >= limit) throw new WeComError(errcode, 'too many calls at the same time')
      taken.set(key, inFlight + 1)
      let released = false
      return () => {
        if (released) return
        released = true
        const left = (taken.get(key) ?? 1) - 1
        if (left > 0) taken.set(key, left)
        else taken.delete(key)
      }
    },
  }
}
