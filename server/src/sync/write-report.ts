import type { SyncRunReport } from '@zhanggui/shared/sync.ts'
import { duration } from './show-progress.ts'

const ERRORS_SHOWN = 10

/** The report as a few lines for a terminal. */
export function writeReport({ state, durationMs, byPart, calls, drift, errors, errorCount }: SyncRunReport): string {
  const made = Object.values(calls).reduce((sum, count) => sum + count, 0)
  const lines = [
    `Sync ${state} in ${duration(durationMs / 1000)}, ${made} calls to WeCom.`,
    ...Object.entries(byPart).map(
      ([part, rows]) =>
        `  ${part.padEnd(9)} ${rows.read} read, ${rows.new} new, ${rows.changed} changed, ${rows.ended} ended`,
    ),
    `  calls     ${listed(calls)}`,
    `  drift     ${listed(drift)}`,
    ...errors.slice(0, ERRORS_SHOWN).map(({ part, subject, reason }) => `  ✗ ${part} ${subject}: ${reason}`),
  ]
  if (errorCount > ERRORS_SHOWN) lines.push(`  … ${errorCount - ERRORS_SHOWN} more: GET /open/v1/sync-runs`)
  if (state === 'incomplete')
    lines.push('What could not be read ended nothing. Run it again to try that part once more.')
  return lines.join('\n')
}

function listed(counts: Record<string, number>): string {
  const given = Object.entries(counts).filter(([, count]) => count > 0)
  return given.length === 0 ? 'none' : given.map(([name, count]) => `${name} ${count}`).join(' · ')
}
