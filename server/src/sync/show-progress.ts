import type { Progress } from './progress.ts'

/** Where lines go: `process.stderr`, or a list in a test. */
export interface Screen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const BAR_TTY_MS = 100
const LINE_MS = 5_000
const BAR_WIDTH = 24
/** The rate is that of the last seconds. */
const RATE_OVER_MS = 20_000

/** A bar that is redrawn on a terminal, and a line every few seconds elsewhere. */
export function createProgressView(screen: Screen, now: () => number) {
  let shownAt = Number.NEGATIVE_INFINITY
  let part: string | undefined
  let last: Progress | undefined
  let drawn = false
  let seen: { at: number; rows: number }[] = []

  function draw(progress: Progress) {
    const line = lineOf(progress, rateOf(seen))
    const bar = `${progress.part.padEnd(9)} ${barOf(progress)} ${line}`
    if (screen.isTTY) screen.write(`\r\x1b[2K${bar.slice(0, (screen.columns ?? 100) - 1)}`)
    else screen.write(`${progress.part} ${line}\n`)
    drawn = true
  }

  /** The part's last word stays on the screen. */
  function finishPart() {
    if (last && drawn) draw(last)
    if (drawn && screen.isTTY) screen.write('\n')
    drawn = false
  }

  return {
    show(progress: Progress) {
      const at = now()
      if (progress.part !== part) {
        finishPart()
        part = progress.part
        seen = []
        // A quick part is not worth a line; one that has units left is.
        shownAt = screen.isTTY ? Number.NEGATIVE_INFINITY : at
      }
      last = progress
      seen.push({ at, rows: progress.rows })
      while (seen.length > 2 && seen[0] && seen[0].at < at - RATE_OVER_MS) seen.shift()
      if (at - shownAt < (screen.isTTY ? BAR_TTY_MS : LINE_MS)) return
      shownAt = at
      draw(progress)
    },
    say(text: string) {
      if (drawn && screen.isTTY) screen.write('\n')
      drawn = false
      screen.write(`${text}\n`)
    },
    finish: finishPart,
  }
}

function rateOf(seen: readonly { at: number; rows: number }[]): number {
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || last.at <= first.at) return 0
  return ((last.rows - first.rows) * 1000) / (last.at - first.at)
}

function lineOf({ rows, expectedRows, units, unitsDone }: Progress, perSecond: number): string {
  const left = expectedRows - rows
  const time = perSecond > 0 && left > 0 ? ` · ${duration(left / perSecond)} left` : ''
  const rate = perSecond >= 1 ? ` · ${grouped(Math.round(perSecond))}/s` : ''
  if (expectedRows === 0) return `${unitsDone} of ${units} done`
  return `${percent(rows, expectedRows)} % · ${grouped(rows)} of ${grouped(expectedRows)}${rate}${time}`
}

function barOf({ rows, expectedRows, units, unitsDone }: Progress): string {
  const share = expectedRows > 0 ? rows / expectedRows : units > 0 ? unitsDone / units : 1
  const full = Math.min(BAR_WIDTH, Math.floor(share * BAR_WIDTH))
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full)
}

function percent(rows: number, expected: number): number {
  return expected === 0 ? 100 : Math.min(100, Math.floor((rows * 100) / expected))
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
}

export function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const two = (count: number) => String(count).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
