import { CompiledQuery } from 'kysely'
import type { Db } from './connection.ts'

export type Cell = string | number | null

/** Adds rows by COPY, several times as fast as any INSERT. Columns are the table's own, snake_case. */
export async function copyRows(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  let text = ''
  for (const row of rows) {
    for (let at = 0; at < row.length; at++) text += (at === 0 ? '' : '\t') + cellText(row[at] ?? null)
    text += '\n'
  }
  if (text === '') return
  await db.executeQuery(CompiledQuery.raw(`copy ${table} (${columns.join(', ')}) from stdin`, [Buffer.from(text)]))
}

const SPECIAL = /[\\\t\n\r]/g
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function cellText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'number') return String(cell)
  return cell.search(SPECIAL) === -1 ? cell : cell.replace(SPECIAL, (mark) => escapes[mark] ?? mark)
}
