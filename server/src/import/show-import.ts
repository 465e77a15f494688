import type { Screen } from '../sync/show-progress.ts'
import { duration } from '../sync/show-progress.ts'

const REDRAW_MS = 100
const LINE_MS = 5000
const WIDTH = 24

/** A bar that is redrawn on a terminal, and a line every few seconds elsewhere. */
export function createImportView(screen: Screen, now: () => number) {
  const startedAt = now()
  let shownAt = startedAt
  let first: { at: number; done: number } | undefined
  let drawn = false

  return {
    show(done: number, rows: number) {
      const at = now()
      first ??= { at, done }
      if (at - shownAt < (screen.isTTY ? REDRAW_MS : LINE_MS) && done < rows) return
      shownAt = at
      const perSecond = at > first.at ? ((done - first.done) * 1000) / (at - first.at) : 0
      const left = perSecond > 0 && done < rows ? ` · ${duration((rows - done) / perSecond)} left` : ''
      const share = rows === 0 ? 1 : done / rows
      const line = `${Math.floor(share * 100)} % · ${grouped(done)} of ${grouped(rows)} rows · ${grouped(Math.round(perSecond))}/s${left}`
      if (!screen.isTTY) screen.write(`${line}\n`)
      else {
        const full = Math.floor(share * WIDTH)
        screen.write(
          `\r\x1b[2K${`${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${line}`.slice(0, (screen.columns ?? 100) - 1)}`,
        )
      }
      drawn = true
    },
    say(text: string) {
      screen.write(`${text}\n`)
    },
    finish() {
      if (drawn && screen.isTTY) screen.write('\n')
      drawn = false
    },
    seconds: () => (now() - startedAt) / 1000,
  }
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
}
