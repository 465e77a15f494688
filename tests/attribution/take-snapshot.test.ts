import { correct, type PlacedOrder, type Snapshot, takeSnapshot } from '@zhanggui/server/attribution/take-snapshot.ts'
import { expect, test } from 'vitest'

const setting = { rule: 'owner_first', windowDays: 7 } as const
const now = new Date('2026-09-21T10:00:00+08:00')

const placed = (over: Partial<PlacedOrder> = {}): PlacedOrder => ({
  orderId: 'o1',
  channel: 'mall',
  placedAt: new Date('2026-09-01T10:00:00+08:00'),
  externalUserId: 'wmAnna',
  ownerGuideId: 'LinXiao',
  share: null,
  tillSalesGuideId: null,
  tillServiceGuideId: null,
  redeemerGuideId: null,
  ...over,
})

/** The version that counts after an order was seen in these states, one after the other. */
function after(...orders: PlacedOrder[]): Snapshot {
  const last = orders.reduce<Snapshot | undefined>(
    (snapshot, order) => takeSnapshot(order, snapshot, setting, now) ?? snapshot,
    undefined,
  )
  if (!last) throw new Error('an order that is seen has a version')
  return last
}

test('the same order again is no other version', () => {
  expect(after(placed(), placed(), placed({ tillSalesGuideId: null }))).toMatchObject({ version: 1, cause: 'placed' })
})

test('an owner once written down stays, whatever is heard of ownership later', () => {
  expect(after(placed(), placed({ ownerGuideId: 'ZhouMin' }))).toMatchObject({ version: 1, salesGuideId: 'LinXiao' })
})

test('who was not known is filled in', () => {
  const anonymous = placed({ externalUserId: null, ownerGuideId: null })
  expect(after(anonymous)).toMatchObject({ salesWhy: 'nobody' })
  expect(after(anonymous, placed())).toMatchObject({ version: 2, cause: 'identity', salesGuideId: 'LinXiao' })
  expect(after(placed({ ownerGuideId: null }), placed())).toMatchObject({ version: 2, cause: 'owner' })
})

test('another customer has another owner; nobody’s order has none', () => {
  const hers = placed({ externalUserId: 'wmBella', ownerGuideId: 'ZhouMin' })
  expect(after(placed(), hers)).toMatchObject({ version: 2, cause: 'identity', salesGuideId: 'ZhouMin' })
  const undone = placed({ externalUserId: null, ownerGuideId: null })
  expect(after(placed(), undone)).toMatchObject({ version: 2, ownerGuideId: null, salesWhy: 'nobody' })
  expect(after(placed(), undone, placed())).toMatchObject({ version: 3, salesGuideId: 'LinXiao' })
})

test('what the till corrects is followed', () => {
  expect(after(placed(), placed({ tillSalesGuideId: 'ChenChen' }))).toMatchObject({
    version: 2,
    cause: 'till',
    salesGuideId: 'ChenChen',
    salesWhy: 'till',
    ownerGuideId: 'LinXiao',
  })
})

test('a userid in another case is the same guide', () => {
  const order = placed({ tillSalesGuideId: 'ChenChen' })
  expect(after(order, { ...order, tillSalesGuideId: 'chenchen' })).toMatchObject({ version: 1 })
})

test('an order keeps the setting it was placed under', () => {
  const order = placed({ share: { guideId: 'ChenChen', sharedAt: new Date('2026-08-30T10:00:00+08:00') } })
  const first = takeSnapshot(order, undefined, setting, now)
  expect(first).toMatchObject({ salesGuideId: 'LinXiao', sharerGuideId: 'ChenChen' })
  expect(takeSnapshot(order, first, { rule: 'sharer_first', windowDays: 1 }, now)).toBeUndefined()
  expect(takeSnapshot(order, undefined, { rule: 'sharer_first', windowDays: 7 }, now)).toMatchObject({
    salesGuideId: 'ChenChen',
  })
  expect(takeSnapshot(order, undefined, { rule: 'sharer_first', windowDays: 1 }, now)).toMatchObject({
    salesGuideId: 'LinXiao',
    sharerGuideId: null,
  })
})

test('a correction outlives what the till says afterwards, and touches the one credit', () => {
  const wish = { credit: 'sales', guideId: 'ZhouMin', reason: '她接待的', by: 'boss' } as const
  const corrected = correct(after(placed({ tillSalesGuideId: 'ChenChen' })), wish, now)
  expect(corrected).toMatchObject({ version: 2, cause: 'correction', salesGuideId: 'ZhouMin', salesWhy: 'correction' })
  const later = placed({ tillSalesGuideId: 'HeYu', tillServiceGuideId: 'HeYu' })
  expect(takeSnapshot(later, corrected, setting, now)).toMatchObject({
    version: 3,
    cause: 'till',
    salesGuideId: 'ZhouMin',
    salesWhy: 'correction',
    serviceGuideId: 'HeYu',
    reason: null,
    correctedBy: null,
  })
})

test('a correction may say nobody, and one that changes nothing is none', () => {
  const wish = { credit: 'sales', guideId: null, reason: '员工自购', by: 'boss' } as const
  const nobody = correct(after(placed()), wish, now)
  expect(nobody).toMatchObject({ salesGuideId: null, salesWhy: 'correction' })
  expect(nobody && correct(nobody, wish, now)).toBeUndefined()
  expect(correct(after(placed()), { ...wish, guideId: 'linxiao' }, now)).toBeUndefined()
})
