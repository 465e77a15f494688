import type { OrderRecord } from '@zhanggui/shared/order.ts'

/** Field by field, because the digest must not depend on the order the sender wrote them in. */
export function prepareLines(lines: OrderRecord['lines']): OrderRecord['lines'] {
  return lines.map(({ productId, quantity, amount, name, unitPrice }) => ({
    productId,
    quantity,
    amount,
    name,
    unitPrice,
  }))
}

export function sumOf(lines: OrderRecord['lines']): number {
  return lines.reduce((sum, { amount }) => sum + amount, 0)
}
