import { OrderRecord } from '@zhanggui/shared/order.ts'
import { CouponRecord, GuideRecord, MemberRecord, ProductRecord, StoreRecord } from '@zhanggui/shared/records.ts'
import { RefundRecord } from '@zhanggui/shared/refund.ts'
import type { TSchema } from 'typebox'
import type { ImportKind } from './arguments.ts'

/** How the text of a cell becomes a value. */
export type FieldType = 'text' | 'time' | 'day' | 'integer' | 'money' | 'number' | 'boolean' | 'list' | 'json'

const records: Record<ImportKind, TSchema> = {
  stores: StoreRecord,
  guides: GuideRecord,
  products: ProductRecord,
  members: MemberRecord,
  orders: OrderRecord,
  refunds: RefundRecord,
  coupons: CouponRecord,
}

/** What is money among the integers. */
const MONEY = /^(price|storedValue|amount|paidAmount|minimumSpend|value|lines\.amount|lines\.unitPrice)$/

/** Every field a column can be, by its path: `name`, `customer.phone`, `lines.productId`. */
export function fieldsOf(kind: ImportKind): ReadonlyMap<string, FieldType> {
  return new Map(leaves(records[kind], '', kind === 'orders' || kind === 'refunds'))
}

function leaves(schema: TSchema, path: string, hasLines: boolean): [string, FieldType][] {
  const shape = describe(schema)
  if (shape.type === 'object' && shape.properties)
    return Object.entries(shape.properties).flatMap(([name, child]) =>
      leaves(child, path === '' ? name : `${path}.${name}`, hasLines),
    )
  // Several rows are one order: a row is one of its lines.
  if (path === 'lines' && hasLines && shape.items) return leaves(shape.items, path, false)
  return [[path, typeOf(path, shape)]]
}

interface Shape {
  type?: unknown
  format?: unknown
  properties?: Record<string, TSchema>
  items?: TSchema
}

function describe(schema: TSchema): Shape {
  return schema
}

function typeOf(path: string, { type, format, items }: Shape): FieldType {
  if (format === 'date-time') return 'time'
  if (format === 'date') return 'day'
  if (type === 'integer') return MONEY.test(path) ? 'money' : 'integer'
  if (type === 'number' || type === 'boolean') return type
  if (type === 'array') return items && describe(items).type === 'string' ? 'list' : 'json'
  return 'text'
}
