import type { Clock } from '../clock.ts'
import { WecomError } from './errors.ts'

const WIDEST = 128
/** WeCom does not say which rule was broken: first assume the minute's (doc 90312), then the hour's. */
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

interface Lane {
  width: number
  running: number
  waiting: (() => void)[]
  /** Calls answered without 45033 since the width last changed. */
  calm: number
  closedUntil: number
  closedFor: number
}

/** Keeps each endpoint under WeCom's concurrency limit (45033) and out of a window it has closed (45009). */
export interface Gate {
  /** Waits for a free place; throws a throttled WecomError while the window is closed. */
  enter(endpoint: string, doc: string): Promise<() => void>
  /** 45033: halve the concurrency; it grows back one by one while all is calm. */
  narrow(endpoint: string): void
  /** 45009: nothing goes out until the returned time. */
  close(endpoint: string): Date
}

export function createGate(clock: Clock): Gate {
  const lanes = new Map<string, Lane>()

  function lane(endpoint: string): Lane {
    let found = lanes.get(endpoint)
    if (!found) {
      found = { width: WIDEST, running: 0, waiting: [], calm: 0, closedUntil: 0, closedFor: 0 }
      lanes.set(endpoint, found)
    }
    return found
  }

  function refuseIfClosed(its: Lane, endpoint: string, doc: string) {
    if (clock.now().getTime() < its.closedUntil)
      throw new WecomError({ endpoint, doc, errcode: 45009, until: new Date(its.closedUntil), hint: 'window closed' })
  }

  return {
    async enter(endpoint, doc) {
      const its = lane(endpoint)
      refuseIfClosed(its, endpoint, doc)
      // Whoever leaves hands the place on, so a woken caller is already counted.
      if (its.running >= its.width) await new Promise<void>((resolve) => its.waiting.push(resolve))
      else its.running += 1
      const leave = () => {
        its.running -= 1
        its.calm += 1
        if (its.calm > its.width * 4 && its.width < WIDEST) {
          its.width += 1
          its.calm = 0
        }
        while (its.running < its.width) {
          const next = its.waiting.shift()
          if (!next) break
          its.running += 1
          next()
        }
      }
      try {
        refuseIfClosed(its, endpoint, doc)
      } catch (error) {
        leave()
        throw error
      }
      return leave
    },
    narrow(endpoint) {
      const its = lane(endpoint)
      its.width = Math.max(1, Math.floor(Math.min(its.width, its.running) / 2))
      its.calm = 0
    },
    close(endpoint) {
      const its = lane(endpoint)
      const now = clock.now().getTime()
      const again = its.closedFor > 0 && now - its.closedUntil < MINUTE_MS
      its.closedFor = again ? HOUR_MS : MINUTE_MS
      its.closedUntil = now + its.closedFor
      return new Date(its.closedUntil)
    },
  }
}
