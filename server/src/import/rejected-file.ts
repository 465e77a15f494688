import { open, truncate } from 'node:fs/promises'
import type { Fault } from '../open-api/record-kind.ts'
import type { CsvRow } from './csv.ts'
import { writeCsvRow } from './csv.ts'

/** Added to the header; read over when the corrected file is sent again. */
export const REJECTED_COLUMNS: readonly string[] = ['rejected_code', 'rejected_reason']

/** orders.csv and orders.csv.gz → orders.rejected.csv */
export function rejectedPath(file: string): string {
  return `${file.replace(/\.gz$/i, '').replace(/\.csv$/i, '')}.rejected.csv`
}

/**
 * Rows that were not taken, as they came, with the reason behind: to be corrected and sent again. It begins with a BOM,
 * so that a spreadsheet reads it as UTF-8 whatever the original was.
 */
export function createRejectedFile(path: string, header: readonly string[], delimiter: string, startAt: number) {
  const own = header.map((name, at) => ({ name, at })).filter(({ name }) => !REJECTED_COLUMNS.includes(name))
  const hasReasons = own.length < header.length
  let length = startAt

  return {
    get length() {
      return length
    },
    async append(rejected: readonly { row: CsvRow; fault: Fault }[]): Promise<void> {
      if (rejected.length === 0) return
      const lines = rejected.map(({ row, fault }) => {
        const raw = hasReasons
          ? writeCsvRow(
              own.map(({ at }) => row.fields[at] ?? ''),
              delimiter,
            )
          : row.raw
        return `${raw}${delimiter}${writeCsvRow([fault.code, fault.detail], delimiter)}\r\n`
      })
      if (length === 0)
        lines.unshift(`\uFEFF${writeCsvRow([...own.map(({ name }) => name), ...REJECTED_COLUMNS], delimiter)}\r\n`)
      else await truncate(path, length)
      const file = await open(path, length === 0 ? 'w' : 'a')
      try {
        const bytes = Buffer.from(lines.join(''))
        await file.write(bytes)
        length += bytes.length
      } finally {
        await file.close()
      }
    },
  }
}
