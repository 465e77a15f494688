// Records that are good as they are; a test names only what it is about.

export const makeStore = (fields: object = {}) => ({ storeId: 's1', name: '万象城专柜', ...fields })
export const makeGuide = (fields: object = {}) => ({ userId: 'LinXiao', storeId: 's1', ...fields })
export const makeProduct = (fields: object = {}) => ({ productId: 'p1', name: '天鹅项链', price: 129_900, ...fields })
export const makeMember = (fields: object = {}) => ({ memberNo: 'm1', ...fields })
export const makeLine = (fields: object = {}) => ({ productId: 'p1', quantity: 1, amount: 129_900, ...fields })
export const makeOrder = (fields: object = {}) => ({
  orderId: 'o1',
  channel: 'store',
  placedAt: '2026-09-01T10:00:00+08:00',
  lines: [makeLine()],
  ...fields,
})
export const makeRefund = (fields: object = {}) => ({
  refundId: 'r1',
  refundedAt: '2026-09-05T10:00:00+08:00',
  lines: [makeLine()],
  ...fields,
})
export const makeCoupon = (fields: object = {}) => ({
  couponId: 'c1',
  title: '满千减百',
  kind: 'amount',
  value: 10_000,
  validFrom: '2026-09-01T00:00:00+08:00',
  validTo: '2026-10-01T00:00:00+08:00',
  ...fields,
})
export const makeRule = (fields: object = {}) => ({ ruleId: 'r1', text: '{customer}您好', match: {}, ...fields })
