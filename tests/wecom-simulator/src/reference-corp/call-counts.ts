import type { ApiCall } from '../cloud/call-log.ts'

/** By endpoint: how many calls, and how many of them were answered with which errcode. */
export type CallCounts = Record<string, { calls: number; errcodes: Record<string, number> }>

/** Numbers only: a sync makes more calls than anybody should remember. */
export function createCallCounts() {
  let counts: CallCounts = {}
  return {
    add({ endpoint, errcode }: ApiCall) {
      const count = counts[endpoint] ?? { calls: 0, errcodes: {} }
      counts[endpoint] = count
      count.calls += 1
      count.errcodes[errcode] = (count.errcodes[errcode] ?? 0) + 1
    },
    read: (): CallCounts => structuredClone(counts),
    reset() {
      counts = {}
    },
  }
}
