/** doc 90312: so many calls of one API in a window. */
export interface CallRule {
  windowMs: number
  calls: number
}

const SLOT_MS = 1_000

/** Counts the calls of one API in sliding windows, to the second. */
export interface CallBudget {
  /** Milliseconds until another call fits; 0: now. */
  delay(now: number): number
  spend(calls: number, now: number): void
}

export function createCallBudget(rules: readonly CallRule[]): CallBudget {
  const longest = Math.max(...rules.map(({ windowMs }) => windowMs))
  /** Oldest first; only seconds with calls. */
  const slots: { at: number; calls: number }[] = []

  /** The slots of this window and what is in them, newest first until the limit is reached. */
  function opensAt({ windowMs, calls }: CallRule, now: number): number {
    let spent = 0
    for (let index = slots.length - 1; index >= 0; index -= 1) {
      const slot = slots[index]
      if (!slot || slot.at + SLOT_MS <= now - windowMs) break
      spent += slot.calls
      if (spent >= calls) return slot.at + SLOT_MS + windowMs
    }
    return now
  }

  return {
    delay: (now) => Math.max(0, ...rules.map((rule) => opensAt(rule, now) - now)),
    spend(calls, now) {
      const at = now - (now % SLOT_MS)
      const last = slots.at(-1)
      if (last && last.at >= at) last.calls += calls
      else slots.push({ at, calls })
      while (slots[0] && slots[0].at + SLOT_MS <= now - longest) slots.shift()
    },
  }
}
