import type { Cloud } from '../cloud/answer.ts'
import { createFaults, type FailureRate } from '../cloud/faults.ts'
import { createGate } from '../cloud/gate.ts'
import { BASE_RULES, createConcurrency, createRateLimits, type RateRule } from '../cloud/limits.ts'
import { readingEndpoints } from '../cloud/table.ts'
import type { ReadContext } from '../context.ts'
import type { LatencyRange } from '../settings.ts'
import type { createCallCounts } from './call-counts.ts'

/** How willingly the API answers; all of it may change while it runs. */
export interface Behaviour {
  latencyMs: LatencyRange
  /** Calls an endpoint answers at a time before 45033; `*` is for those not named. */
  concurrency: Record<string, number>
  /** Per endpoint: so many calls in a window, then 45009 for as long as the window. WeCom's own unless given. */
  rules: readonly RateRule[]
  /** Errors now and then. */
  failures: readonly FailureRate[]
}

const WILLING: Behaviour = { latencyMs: [0, 0], concurrency: { '*': 200 }, rules: BASE_RULES, failures: [] }

type Counts = ReturnType<typeof createCallCounts>

export function createBehaviour(context: ReadContext, seed: number, counts: Counts) {
  let current = WILLING
  const faults = createFaults(WILLING.latencyMs, seed)
  const cloud: Cloud<ReadContext> = {
    context,
    endpoints: new Map(readingEndpoints().map((endpoint) => [endpoint.path, endpoint])),
    faults,
    gate: createGate(),
    rates: createRateLimits(),
    rules: WILLING.rules,
    concurrency: createConcurrency(),
    concurrencyOf: (endpoint) => current.concurrency[endpoint] ?? current.concurrency['*'] ?? Number.POSITIVE_INFINITY,
    catchUp: () => {},
    onCall: counts.add,
  }
  return {
    cloud,
    get current() {
      return current
    },
    change(wanted: Partial<Behaviour>) {
      current = { ...current, ...wanted }
      faults.setLatency(current.latencyMs)
      faults.setRates(current.failures)
      // New rules start counting anew, and lift the blocks of the old ones.
      if (wanted.rules) Object.assign(cloud, { rules: wanted.rules, rates: createRateLimits() })
    },
  }
}
