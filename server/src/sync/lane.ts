/** How many calls of one endpoint go out at once, found by trying: one more while all is well, half when it is not. */
export interface Lane {
  readonly width: number
  /** Takes a place, waiting for one; every place taken is given back by `leave`. */
  enter(): Promise<void>
  leave(): void
  /** An answer that began at `began` took `ms`. */
  answered(began: number, ms: number): void
  /** WeCom had too much (45033), was busy (-1) or silent. */
  overloaded(began: number, now: number): void
}

const FIRST_WIDTH = 4
/** An answer is slow that takes so many times the usual and this much more; single ones vary. */
const SLOW_TIMES = 3
const SLOW_MORE_MS = 300
const SMOOTHING = 0.1

export function createLane(widest: number): Lane {
  let width = Math.min(FIRST_WIDTH, widest)
  let running = 0
  let calm = 0
  let narrowedAt = Number.NEGATIVE_INFINITY
  let usualMs: number | undefined
  const waiting: (() => void)[] = []

  /** Calls that were under way when the lane was last narrowed say nothing about its new width. */
  function narrow(began: number, now: number) {
    if (began < narrowedAt) return
    width = Math.max(1, Math.floor(width / 2))
    narrowedAt = now
    calm = 0
  }

  function letIn() {
    while (running < width) {
      const next = waiting.shift()
      if (!next) return
      running += 1
      next()
    }
  }

  return {
    get width() {
      return width
    },
    async enter() {
      if (running < width) running += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
    },
    leave() {
      running -= 1
      letIn()
    },
    answered(began, ms) {
      if (usualMs !== undefined && ms > usualMs * SLOW_TIMES && ms > usualMs + SLOW_MORE_MS) {
        narrow(began, began + ms)
        return
      }
      usualMs = usualMs === undefined ? ms : usualMs + SMOOTHING * (ms - usualMs)
      calm += 1
      if (calm < width || width >= widest) return
      width += 1
      calm = 0
      letIn()
    },
    overloaded: narrow,
  }
}
