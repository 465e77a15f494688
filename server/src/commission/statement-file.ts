import { stringify } from 'csv-stringify/sync'
import writeWorkbook from 'write-excel-file/node'
import type { ExplainedEntry } from './statement.repository.ts'
import { type Column, statementColumns } from './statement-table.ts'

/** With a byte order mark, without which Excel takes Chinese for something else. */
export function toCsv(entries: readonly ExplainedEntry[]): string {
  const rows = entries.map((entry) => statementColumns.map(({ value }) => value(entry)))
  return stringify([statementColumns.map(({ title }) => title), ...rows], {
    bom: true,
    record_delimiter: 'windows',
    cast: { string: withoutFormula },
  })
}

/** An order number from a till that begins like a formula is still a number. */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

const formats: Record<Column['kind'], string | undefined> = {
  text: undefined,
  yuan: '#,##0.00',
  percent: '0.00%',
  number: '0',
}

export function toWorkbook(entries: readonly ExplainedEntry[], period: string): Promise<Buffer> {
  const head = statementColumns.map(({ title }) => ({ value: title, fontWeight: 'bold' as const }))
  const rows = entries.map((entry) =>
    statementColumns.map(({ value, kind }) => {
      const cell = value(entry)
      return typeof cell === 'string'
        ? { type: String, value: cell }
        : { type: Number, value: cell, format: formats[kind] }
    }),
  )
  return writeWorkbook([head, ...rows], {
    sheet: `佣金 ${period}`,
    columns: statementColumns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer()
}
