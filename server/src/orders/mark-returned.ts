import type { Purchase } from '@zhanggui/shared/order.ts'

/**
 * Says on each line how many of its pieces came back. A refund names products, not lines: the first line of a product
 * takes what it can hold, and what no line can hold is left out.
 */
export function markReturned(lines: Purchase['lines'], returned: Readonly<Record<string, number>>): Purchase['lines'] {
  const left = new Map(Object.entries(returned))
  return lines.map((line) => {
    const here = Math.min(line.quantity, left.get(line.productId) ?? 0)
    if (here === 0) return line
    left.set(line.productId, (left.get(line.productId) ?? 0) - here)
    return { ...line, returned: here }
  })
}
