import type { Clock } from '@zhanggui/server/clock.ts'

export interface TestClock extends Clock {
  set(now: Date): void
  advance(milliseconds: number): void
}

/** Stands still until told otherwise. */
export function testClock(start: Date): TestClock {
  let now = start
  return {
    now: () => now,
    set: (time) => {
      now = time
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}
