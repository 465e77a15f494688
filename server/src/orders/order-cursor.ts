import { AppError } from '../errors.ts'

/** Where a list of orders, newest first, goes on. `placedAt` is text, because a Date would drop the microseconds. */
export interface OrderPosition {
  placedAt: string
  orderId: string
}

export function writeCursor({ placedAt, orderId }: OrderPosition): string {
  return Buffer.from(`${placedAt} ${orderId}`).toString('base64url')
}

export function readCursor(cursor: string): OrderPosition {
  const text = Buffer.from(cursor, 'base64url').toString()
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([^\0]{1,129})$/s.exec(text)
  const [, placedAt, orderId] = parts ?? []
  if (!placedAt || !orderId || Number.isNaN(Date.parse(placedAt)))
    throw new AppError('bad_request', { detail: 'cursor is not one that this list gave' })
  return { placedAt, orderId }
}
