import { nest } from './build-record.ts'
import type { CsvRow } from './csv.ts'
import type { Emission } from './emission.ts'
import type { Mapping } from './mapping.ts'
import type { FieldValues, RowValues } from './row-reader.ts'

interface ReadRow {
  row: CsvRow
  values: RowValues
}

/** What an order has and a refund has not. */
const ORDER_ONLY = [
  'salesGuideId',
  'serviceGuideId',
  'shareToken',
  'coupons',
  'orderId',
  'placedAt',
  'paidAmount',
  'returnOf',
]

/**
 * Makes an order, a refund, or both of the rows that bear one number. What concerns the whole of it is said by the
 * first row that says it; two rows that name different customers spoil it.
 */
export function buildSale(
  kind: 'orders' | 'refunds',
  id: string,
  read: readonly ReadRow[],
  returns: Mapping['returns'],
): Emission[] {
  const rows = read.map(({ row }) => row)
  const head = readHead(read)
  if (!head)
    return [{ rows, fault: { code: 'rows_disagree', detail: 'the rows of this number name different customers' } }]
  const isBack = ({ values }: ReadRow) => isNegative(values)
  if (kind === 'refunds')
    return [{ kind, rows, record: { ...nest(head), lines: read.map((one) => toLine(one, returns !== undefined)) } }]

  const { orderIdPrefix, negativeQuantity = false } = returns ?? {}
  if (orderIdPrefix !== undefined && id.startsWith(orderIdPrefix)) {
    // Some tills mark a return by its number and a minus, some by its number alone; both at once means something else.
    if (read.some(isBack) && !read.every(isBack))
      return [{ rows, fault: { code: 'mixed_signs', detail: 'a return with pieces both taken back and sold' } }]
    return [toRefund(id, head, read)]
  }
  if (!negativeQuantity) return [toOrder(head, read)]
  const [sold, back] = [read.filter((one) => !isBack(one)), read.filter(isBack)]
  const { paidAmount, ...rest } = head
  return [
    // What was paid in the end is the sum of both: told apart, each is the sum of its lines.
    ...(sold.length > 0 ? [toOrder(back.length > 0 ? rest : head, sold)] : []),
    ...(back.length > 0 ? [toRefund(id, { returnOf: id, ...(sold.length > 0 ? rest : head) }, back)] : []),
  ]
}

function readHead(read: readonly ReadRow[]): FieldValues | undefined {
  const head: FieldValues = {}
  let said: FieldValues | undefined
  for (const { values } of read) {
    if (values.head === said) continue
    said = values.head
    for (const [field, value] of Object.entries(said)) {
      if (head[field] === undefined) head[field] = value
      else if (field.startsWith('customer.') && head[field] !== value) return undefined
    }
  }
  return head
}

function toOrder(head: FieldValues, read: readonly ReadRow[]): Emission {
  const record = nest('returnOf' in head ? withoutReturnOf(head) : head)
  record.lines = read.map((one) => toLine(one, false))
  return { kind: 'orders', rows: read.map(({ row }) => row), record }
}

function withoutReturnOf({ returnOf: _, ...head }: FieldValues): FieldValues {
  return head
}

function toRefund(id: string, head: FieldValues, read: readonly ReadRow[]): Emission {
  const shared = Object.fromEntries(Object.entries(head).filter(([field]) => !ORDER_ONLY.includes(field)))
  return {
    kind: 'refunds',
    rows: read.map(({ row }) => row),
    record: {
      ...nest(shared),
      refundId: id,
      refundedAt: head.placedAt,
      ...(head.returnOf !== undefined && { orderId: head.returnOf }),
      ...(head.paidAmount !== undefined && { amount: withoutSign(head.paidAmount) }),
      lines: read.map((one) => toLine(one, true)),
    },
  }
}

function toLine({ values }: ReadRow, isBack: boolean): Record<string, unknown> {
  if (!isBack) return values.line
  return Object.fromEntries(Object.entries(values.line).map(([field, value]) => [field, withoutSign(value)]))
}

function isNegative({ line: { quantity } }: RowValues): boolean {
  return typeof quantity === 'number' && quantity < 0
}

function withoutSign(value: unknown): unknown {
  return typeof value === 'number' ? Math.abs(value) : value
}
