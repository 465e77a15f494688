import type { CheckResult } from '@zhanggui/shared/doctor.ts'

const TITLE_COLUMNS = 18

const marks: Record<CheckResult['status'], { sign: string; colour: number }> = {
  ok: { sign: '✓', colour: 32 },
  warn: { sign: '!', colour: 33 },
  fail: { sign: '✗', colour: 31 },
  skipped: { sign: '–', colour: 90 },
}

/** Lines for a terminal, one result at a time; `colours` only where somebody sees them. */
export function createPresenter(colours: boolean) {
  const paint = (colour: number, text: string) => (colours ? `\u001b[${colour}m${text}\u001b[0m` : text)
  let group: string | undefined

  return {
    lines(result: CheckResult): string[] {
      const heading = result.group === group ? [] : [...(group === undefined ? [] : ['']), result.group]
      group = result.group
      const { sign, colour } = marks[result.status]
      const text = result.status === 'skipped' ? paint(colour, result.found) : result.found
      const line = `  ${paint(colour, sign)} ${padColumns(result.title, TITLE_COLUMNS)}${text}`
      const fixes = (result.fix ?? []).map((step) => `${' '.repeat(TITLE_COLUMNS + 4)}· ${step}`)
      return [...heading, line, ...fixes]
    },
    total(results: readonly CheckResult[]): string {
      const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length
      const counts = (['ok', 'warn', 'fail', 'skipped'] as const)
        .filter((status) => count(status) > 0)
        .map((status) => paint(marks[status].colour, `${count(status)} ${marks[status].sign}`))
      return `共 ${results.length} 项:${counts.join('  ')}`
    },
  }
}

/** A Chinese character takes two columns. */
function padColumns(text: string, columns: number): string {
  const width = [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(character) ? 2 : 1), 0)
  return text + ' '.repeat(Math.max(1, columns - width))
}
