import type { ImportKind } from './arguments.ts'
import { multiply, readDecimal, roundTo } from './decimal.ts'
import { type FieldType, fieldsOf } from './fields.ts'
import { createTimeReader } from './local-time.ts'
import type { Mapping } from './mapping.ts'
import { type CellWorld, readCell } from './read-cell.ts'
import { REJECTED_COLUMNS } from './rejected-file.ts'

/** A table that does not fit, as a whole: nothing was read. */
export class TableError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TableError'
  }
}

export type FieldValues = Record<string, unknown>

export interface RowValues {
  /** By field path: `customer.phone`. The very same object as of the row before, where it says the same. */
  head: FieldValues
  /** Of an order or a refund, what is the line's own: `productId`. */
  line: FieldValues
}

export interface RowReader {
  /** Undefined: the mapping leaves this row out. */
  read(fields: readonly string[]): RowValues | undefined
  /** The text of the id, by which rows belong together; empty: none. */
  idOf(fields: readonly string[]): string
  /** The column of the id. */
  idAt: number
  columns: number
}

const LINE = 'lines.'

const ID_FIELD: Record<ImportKind, string> = {
  stores: 'storeId',
  guides: 'userId',
  products: 'productId',
  members: 'memberNo',
  orders: 'orderId',
  refunds: 'refundId',
  coupons: 'couponId',
}

interface Column {
  at: number
  field: string
  /** The field's name in its line; undefined: it concerns the whole record. */
  lineField?: string
  type: FieldType
  rewrite?: { match: RegExp; take: string }
  words?: Readonly<Record<string, string>>
}

/** Holds the header against the mapping; throws TableError naming all that does not fit. */
export function createRowReader(kind: ImportKind, header: readonly string[], mapping: Mapping | undefined): RowReader {
  const types = new Map(fieldsOf(kind))
  // Of a return: the number of the order it came from.
  if (kind === 'orders') types.set('returnOf', 'text')
  const columns = matchColumns(header, mapping, types)
  const idField = ID_FIELD[kind]
  const id = columns.find(({ field }) => field === idField)
  if (!id) throw new TableError(`no column is the ${idField}`)
  const world: CellWorld = {
    readTime: createTimeReader(mapping?.timeZone ?? 'Asia/Shanghai'),
    moneyDecimals: mapping?.money === 'decimal' ? 2 : 0,
  }
  const constants = readConstants(mapping, types, world)
  const skips = (mapping?.skip ?? []).map((entry) =>
    Object.entries(entry).map(([name, pattern]) => ({ at: header.indexOf(name), pattern: new RegExp(pattern, 'u') })),
  )
  const readHead = headReader(kind, columns, constants, world)
  const readLine = lineReader(columns, constants, world)
  return {
    columns: header.length,
    idOf: (fields) => textOf(fields, id),
    idAt: id.at,
    read(fields) {
      if (skips.some((entry) => entry.every(({ at, pattern }) => pattern.test((fields[at] ?? '').trim()))))
        return undefined
      return { head: readHead(fields), line: readLine(fields) }
    },
  }
}

function textOf(fields: readonly string[], { at, rewrite, words }: Column): string {
  const text = (fields[at] ?? '').trim()
  if (text === '') return ''
  const rewritten = rewrite?.match.test(text) ? text.replace(rewrite.match, rewrite.take) : text
  return words && Object.hasOwn(words, rewritten) ? (words[rewritten] ?? rewritten) : rewritten
}

/** Rows of one order repeat what concerns all of it, and are read once. */
function headReader(kind: ImportKind, columns: readonly Column[], constants: FieldValues, world: CellWorld) {
  const own = columns.filter(({ lineField }) => lineField === undefined)
  const fixed = Object.fromEntries(Object.entries(constants).filter(([field]) => !field.startsWith(LINE)))
  let last: { fields: readonly string[]; head: FieldValues } | undefined

  return (fields: readonly string[]): FieldValues => {
    const before = last
    if (before && own.every(({ at }) => before.fields[at] === fields[at])) return before.head
    const head = { ...fixed }
    for (const column of own) {
      const text = textOf(fields, column)
      // A coupon's value is money, unless it is so many percent off.
      if (text !== '') head[column.field] = readCell(text, column.type, world)
    }
    if (kind === 'coupons' && head.kind === 'percent') readPercent(head, columns, fields)
    last = { fields, head }
    return head
  }
}

function lineReader(columns: readonly Column[], constants: FieldValues, world: CellWorld) {
  const own = columns.flatMap((column) =>
    column.lineField === undefined ? [] : [{ column, name: column.lineField, type: column.type }],
  )
  const fixed = Object.fromEntries(
    Object.entries(constants).flatMap(([field, value]) =>
      field.startsWith(LINE) ? [[field.slice(LINE.length), value]] : [],
    ),
  )
  const product = productOf(columns, constants)

  return (fields: readonly string[]): FieldValues => {
    const line: FieldValues = { ...fixed }
    for (const { column, name, type } of own) {
      const text = textOf(fields, column)
      if (text !== '') line[name] = readCell(text, type, world)
    }
    if (product) {
      const [quantity, price] = product.map((column) => readDecimal(textOf(fields, column)))
      if (quantity && price) line.amount = roundTo(multiply(quantity, price), world.moneyDecimals).value
      // A price of less than a fen is in the amount and nowhere else.
      if (typeof line.unitPrice !== 'number') delete line.unitPrice
    }
    return line
  }
}

function matchColumns(
  header: readonly string[],
  mapping: Mapping | undefined,
  types: ReadonlyMap<string, FieldType>,
): Column[] {
  const faults: string[] = []
  const named = mapping
    ? Object.entries(mapping.columns)
    : header.filter((name) => !REJECTED_COLUMNS.includes(name)).map((name) => [name, name] as const)
  const columns = named.flatMap(([name, field]): Column[] => {
    const at = header.indexOf(name)
    const type = types.get(field)
    if (at === -1) faults.push(`there is no column ${name}`)
    if (!type)
      faults.push(
        mapping ? `${field} is not a field` : `${name} is not a field: rename the column, or say with --map what it is`,
      )
    if (at === -1 || !type) return []
    const rewrite = mapping?.rewrite?.[field]
    const words = mapping?.words?.[field]
    return [
      {
        at,
        field,
        type,
        ...(field.startsWith(LINE) && { lineField: field.slice(LINE.length) }),
        ...(rewrite && { rewrite: { match: new RegExp(rewrite.match, 'u'), take: rewrite.take } }),
        ...(words && { words }),
      },
    ]
  })
  const fields = columns.map(({ field }) => field)
  for (const field of new Set(fields.filter((field, index) => fields.indexOf(field) !== index)))
    faults.push(`two columns are ${field}`)
  for (const [what, keys] of [
    ['constants', mapping?.constants],
    ['rewrite', mapping?.rewrite],
    ['words', mapping?.words],
  ] as const)
    for (const field of Object.keys(keys ?? {}))
      if (!types.has(field)) faults.push(`${what} names ${field}, which is not a field`)
  for (const name of (mapping?.skip ?? []).flatMap((entry) => Object.keys(entry)))
    if (!header.includes(name)) faults.push(`skip names ${name}, which is no column`)
  if (faults.length > 0) throw new TableError([...new Set(faults)].join('; '))
  return columns
}

function readConstants(
  mapping: Mapping | undefined,
  types: ReadonlyMap<string, FieldType>,
  world: CellWorld,
): FieldValues {
  return Object.fromEntries(
    Object.entries(mapping?.constants ?? {}).map(([field, value]) => {
      const type = types.get(field)
      return [field, typeof value === 'string' && type ? readCell(value, type, world) : value]
    }),
  )
}

/** Quantity and unit price make a line's amount, where no column tells it. */
function productOf(columns: readonly Column[], constants: FieldValues): readonly Column[] | undefined {
  if ('lines.amount' in constants || columns.some(({ field }) => field === 'lines.amount')) return undefined
  const quantity = columns.find(({ field }) => field === 'lines.quantity')
  const price = columns.find(({ field }) => field === 'lines.unitPrice')
  return quantity && price ? [quantity, price] : undefined
}

function readPercent(values: FieldValues, columns: readonly Column[], fields: readonly string[]): void {
  const column = columns.find(({ field }) => field === 'value')
  const percent = column && Number((fields[column.at] ?? '').trim().replace('%', ''))
  if (percent !== undefined && Number.isFinite(percent)) values.value = percent
}
