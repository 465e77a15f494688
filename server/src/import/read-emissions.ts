import type { ImportKind } from './arguments.ts'
import { nest } from './build-record.ts'
import { buildSale } from './build-sale.ts'
import { type CsvRow, createCsvParser } from './csv.ts'
import type { Emission } from './emission.ts'
import { createGrouper, type RowGroup } from './group-rows.ts'
import type { Mapping } from './mapping.ts'
import { readText } from './open-file.ts'
import type { RowReader } from './row-reader.ts'
import type { Scan } from './scan-file.ts'

interface Reading {
  path: string
  kind: ImportKind
  scan: Scan
  reader: RowReader
  mapping: Mapping | undefined
}

/** Kinds of which a row is a line. */
export function inLines(kind: ImportKind): kind is 'orders' | 'refunds' {
  return kind === 'orders' || kind === 'refunds'
}

/** Groups of rows that make one record (or an order and its refund), in an order that only depends on the file. */
export async function* readGroups({ path, kind, scan, reader }: Reading): AsyncGenerator<RowGroup[]> {
  const parser = createCsvParser(scan.delimiter)
  const grouper = createGrouper(scan.scattered)
  const grouped = inLines(kind)
  let isHeader = true
  const take = (rows: CsvRow[]): RowGroup[] => {
    const groups: RowGroup[] = []
    for (const row of rows) {
      if (isHeader) isHeader = false
      else if (grouped) groups.push(...grouper.push(reader.idOf(row.fields), row))
      else groups.push({ id: '', rows: [row] })
    }
    return groups
  }
  for await (const text of readText(path, scan.encoding)) yield take(parser.push(text))
  yield [...take(parser.end()), ...(grouped ? grouper.end() : [])]
}

/** `skipped`: rows the mapping leaves out. */
export function readGroup(
  { id, rows }: RowGroup,
  { kind, reader, mapping }: Pick<Reading, 'kind' | 'reader' | 'mapping'>,
): { emissions: Emission[]; skipped: number } {
  const ragged = rows.find(({ fields }) => fields.length !== reader.columns)
  if (ragged) {
    const detail = `row ${ragged.number} has ${ragged.fields.length} columns, the header has ${reader.columns}`
    return { emissions: [{ rows, fault: { code: 'wrong_columns', detail } }], skipped: 0 }
  }
  const read = rows.flatMap((row) => {
    const values = reader.read(row.fields)
    return values ? [{ row, values }] : []
  })
  const skipped = rows.length - read.length
  if (read.length === 0) return { emissions: [], skipped }
  if (inLines(kind)) return { emissions: buildSale(kind, id, read, mapping?.returns), skipped }
  return { emissions: read.map(({ row, values }) => ({ kind, rows: [row], record: nest(values.head) })), skipped }
}
