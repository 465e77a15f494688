import type { NetworkMode } from '../control-types.ts'
import type { LatencyRange } from '../settings.ts'
import { nextRandom, type Random } from '../world/random.ts'
import { WeComError } from './errors.ts'

/** What a slow line adds up to. */
const SLOW_MS: LatencyRange = [2000, 4000]

/** An error now and then. */
export interface FailureRate {
  /** Absent: every endpoint but gettoken. */
  endpoint?: string
  errcode: number
  /** 0 to 1 */
  rate: number
}

export type Faults = ReturnType<typeof createFaults>

/** How WeCom misbehaves today. */
export function createFaults(latency: LatencyRange, seed: number) {
  const planned = new Map<string, number[]>()
  const held = new Map<string, Promise<void>>()
  const random: Random = { state: seed, issued: 0 }
  let network: NetworkMode = 'normal'
  let range = latency
  let clockSkewMs = 0
  let rates: readonly FailureRate[] = []

  function chance(endpoint: string): number | undefined {
    const about = (rate: FailureRate) => (rate.endpoint ? rate.endpoint === endpoint : endpoint !== 'gettoken')
    return rates.find((rate) => about(rate) && nextRandom(random) < rate.rate)?.errcode
  }

  return {
    get clockSkewMs() {
      return clockSkewMs
    },
    setClockSkew(ms: number) {
      clockSkewMs = ms
    },
    get network() {
      return network
    },
    setNetwork(mode: NetworkMode) {
      network = mode
    },
    setLatency(next: LatencyRange) {
      range = next
    },
    setRates(next: readonly FailureRate[]) {
      rates = next
    },
    failNext(endpoint: string, errcode: number, times = 1) {
      const known = planned.get(endpoint) ?? []
      planned.set(endpoint, [...known, ...Array<number>(times).fill(errcode)])
    },
    /** Answers of this endpoint wait for the returned function: concurrency without guessing times. */
    hold(endpoint: string): () => void {
      const { promise, release } = gate()
      held.set(endpoint, promise)
      return () => {
        held.delete(endpoint)
        release()
      }
    },
    whileHeld: (endpoint: string): Promise<void> | undefined => held.get(endpoint),
    throwPlanned(endpoint: string) {
      // Without a token a client could not even learn that it is throttled.
      if (network === 'throttled' && endpoint !== 'gettoken') throw new WeComError(45009, 'api freq out of limit')
      const errcode = planned.get(endpoint)?.shift() ?? chance(endpoint)
      if (errcode) throw new WeComError(errcode, errcode === -1 ? 'system error' : 'planned by the simulator')
    },
    /** Milliseconds this answer takes. */
    nextLatency(): number {
      const [min, max] = network === 'slow' ? SLOW_MS : range
      return max === 0 ? 0 : min + nextRandom(random) * (max - min)
    },
  }
}

function gate() {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  return { promise, release }
}
