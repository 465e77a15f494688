import { spread } from './spread.ts'

export interface OrderLine {
  productId: string
  amount: number
}

export interface Refund {
  refundId: string
  refundedAt: Date
  amount: number
  lines: readonly OrderLine[]
}

/**
 * What was received for each line: the money paid, after coupons, spread over the lines by their amounts. What was
 * paid beyond the lines is freight, which earns nobody anything.
 */
export function basesOf(lines: readonly OrderLine[], paidAmount: number): number[] {
  const amounts = lines.map(({ amount }) => amount)
  const sum = amounts.reduce((all, amount) => all + amount, 0)
  return paidAmount >= sum ? amounts : spread(paidAmount, amounts)
}

/**
 * How much of each line's base these refunds have given back, whatever order they came in. The money of a refund goes
 * to the lines of the products it names as far as they hold it; what is beyond that goes to what is left of all lines,
 * and what is beyond all of the order is not ours to take back.
 */
export function givenBack(
  lines: readonly OrderLine[],
  bases: readonly number[],
  refunds: readonly Pick<Refund, 'amount' | 'lines'>[],
): number[] {
  const byProduct = new Map<string, number>()
  for (const refund of refunds) {
    const parts = spread(
      refund.amount,
      refund.lines.map(({ amount }) => amount),
    )
    for (const [index, { productId }] of refund.lines.entries())
      byProduct.set(productId, (byProduct.get(productId) ?? 0) + (parts[index] ?? 0))
  }
  const direct = lines.map(({ productId }, index) => {
    const wanted = byProduct.get(productId) ?? 0
    const taken = Math.min(wanted, bases[index] ?? 0)
    byProduct.set(productId, wanted - taken)
    return taken
  })
  const room = bases.map((base, index) => base - (direct[index] ?? 0))
  const beyond = [...byProduct.values()].reduce((all, rest) => all + rest, 0)
  const further = spread(
    Math.min(
      beyond,
      room.reduce((all, rest) => all + rest, 0),
    ),
    room,
  )
  return direct.map((taken, index) => taken + (further[index] ?? 0))
}
