import type { EarnedOrder, EarnedOrderPage, Earnings } from '@zhanggui/shared/commission.ts'

const none = { amount: 0, orders: 0, pending: 0, confirmed: 0, settled: 0, reversed: 0 }

export function earnings(changes: Partial<Earnings> = {}): Earnings {
  return {
    month: '2026-09',
    isCurrent: true,
    today: { sales: { amount: 4495, orders: 1 }, service: { amount: 0, orders: 0 } },
    ofMonth: {
      sales: { amount: 128_050, orders: 23, pending: 40_000, confirmed: 91_045, settled: 0, reversed: 2995 },
      service: { ...none, amount: 3000, orders: 2, pending: 3000 },
    },
    ...changes,
  }
}

const rule = { ruleId: 'rings', ruleVersion: 2 }

export function earnedOrder(changes: Partial<EarnedOrder> = {}): EarnedOrder {
  return {
    orderId: 'T20260920-0017',
    placedAt: '2026-09-20T10:05:00+08:00',
    storeName: '万象城专柜',
    paidAmount: 209_800,
    amount: 4500,
    state: 'confirmed',
    steps: [
      {
        at: '2026-09-20T10:05:00+08:00',
        kind: 'earn',
        amount: 6495,
        formula: '¥1,299.00 × 5% = ¥64.95',
        products: ['天鹅项链'],
        ...rule,
      },
      {
        at: '2026-09-22T18:30:00+08:00',
        kind: 'reversal',
        amount: -1995,
        formula: '−¥399.00 × 5% = −¥19.95',
        ...rule,
      },
    ],
    ...changes,
  }
}

/** One of each standing: partly taken back, waiting, paid out, and taken back whole. */
export function salesPage(): EarnedOrderPage {
  const earn = { at: '2026-09-18T12:00:00+08:00', kind: 'earn' as const, ...rule }
  return {
    orders: [
      earnedOrder(),
      earnedOrder({
        orderId: 'M88123',
        storeName: undefined,
        placedAt: '2026-09-18T12:00:00+08:00',
        paidAmount: 69_900,
        amount: 3495,
        state: 'pending',
        steps: [{ ...earn, amount: 3495, formula: '¥699.00 × 5% = ¥34.95' }],
      }),
      earnedOrder({
        orderId: 'T1',
        paidAmount: 100_000,
        amount: 0,
        steps: [
          { ...earn, amount: 5000, formula: '¥1,000.00 × 5% = ¥50.00' },
          { ...earn, kind: 'reversal', amount: -5000, formula: '−¥1,000.00 × 5% = −¥50.00' },
        ],
      }),
    ],
    nextCursor: '7',
  }
}
