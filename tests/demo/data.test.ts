import { OrderRecord } from '@zhanggui/shared/order.ts'
import { CouponRecord, GuideRecord, MemberRecord, ProductRecord, StoreRecord } from '@zhanggui/shared/records.ts'
import { WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { dayOf, daysBetween } from './data/calendar.ts'
import { tiers } from './data/members.ts'
import { retailRecords } from './data/retail-records.ts'
import { worldSeed } from './data/world.ts'

const TODAY = '2026-03-02'
const MALL = 'http://127.0.0.1:8092'
const world = worldSeed(TODAY)
const records = retailRecords(TODAY, MALL)

const ids = {
  customers: new Set(world.customers.map((customer) => customer.externalUserId)),
  unions: new Set(world.customers.map((customer) => customer.unionId)),
  members: new Set(world.members.map((member) => member.userId)),
  tags: new Set(world.tagGroups.flatMap((group) => group.tags.map((tag) => tag.tagId))),
  departments: new Set(world.departments.map((department) => department.id)),
  stores: new Set(records.stores.map((store) => store.storeId)),
  guides: new Set(records.guides.map((guide) => guide.userId)),
  products: new Map(records.products.map((product) => [product.productId, product])),
  memberNos: new Set(records.members.map((member) => member.memberNo)),
}

test('the same day gives the same world and the same records', () => {
  expect(worldSeed(TODAY)).toEqual(world)
  expect(retailRecords(TODAY, MALL)).toEqual(records)
})

test('another day moves every date and leaves people, goods and money as they are', () => {
  const later = retailRecords('2026-08-17', MALL)
  expect(worldSeed('2026-08-17').customers).toEqual(world.customers)
  expect(later.products).toEqual(records.products)
  expect(later.orders.at(-1)?.placedAt.slice(0, 10)).toBe('2026-08-16')
})

describe('every record is one the open API takes', () => {
  const kinds: [name: string, schema: TSchema, list: readonly unknown[]][] = [
    ['store', StoreRecord, records.stores],
    ['guide', GuideRecord, records.guides],
    ['product', ProductRecord, records.products],
    ['member', MemberRecord, records.members],
    ['order', OrderRecord, records.orders],
    ['coupon', CouponRecord, records.coupons],
    ['welcome rule', WelcomeRuleRecord, records.welcomeRules],
  ]
  test.for(kinds)('%s', ([, schema, list]) => {
    const kind = Compile(schema)
    // As it travels: JSON drops what is undefined.
    const sent: unknown[] = JSON.parse(JSON.stringify(list))
    expect(sent.filter((record) => !kind.Check(record))).toEqual([])
    expect(sent.length).toBeGreaterThan(0)
  })
})

test.for([
  ['stores', records.stores.map((store) => store.storeId), 12, 12],
  ['guides', records.guides.map((guide) => guide.userId), 30, 30],
  ['products', records.products.map((product) => product.productId), 120, 120],
  ['product names', records.products.map((product) => product.name), 120, 120],
  ['members', records.members.map((member) => member.memberNo), 260, 300],
  ['phones', records.members.map((member) => member.phone ?? ''), 260, 300],
  ['orders', records.orders.map((order) => order.orderId), 3800, 4200],
  ['coupons', records.coupons.map((coupon) => coupon.couponId), 8, 10],
  ['customers', world.customers.map((customer) => customer.externalUserId), 400, 400],
  ['nicknames', world.customers.map((customer) => customer.name), 400, 400],
  ['relations', world.relations.map(({ guide, customer }) => `${guide} ${customer}`), 460, 500],
] as const)('%s: as many as promised, none twice', ([, keys, least, most]) => {
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBeGreaterThanOrEqual(least)
  expect(keys.length).toBeLessThanOrEqual(most)
})

test('every counter has one manager, two or three guides, ten products', () => {
  for (const { storeId, brand } of records.stores) {
    const staff = records.guides.filter((guide) => guide.storeId === storeId)
    expect([2, 3]).toContain(staff.length)
    expect(staff.filter((guide) => guide.role === 'manager')).toHaveLength(1)
    expect(records.products.filter((product) => product.brand === brand)).toHaveLength(10)
  }
})

test('what WeCom knows refers only to what WeCom knows', () => {
  for (const member of world.members)
    for (const id of member.departmentIds) expect(ids.departments.has(id), member.userId).toBe(true)
  for (const { guide, customer, tags, remark, state, addedAt, messages = [] } of world.relations) {
    expect(ids.guides.has(guide) && ids.customers.has(customer)).toBe(true)
    expect(tags.every((tag) => ids.tags.has(tag))).toBe(true)
    expect(new Set(tags).size).toBe(tags.length)
    expect([...(remark ?? '')].length).toBeLessThanOrEqual(20) // doc 92115
    expect([...(state ?? '')].length).toBeLessThanOrEqual(30) // doc 92228
    const days = messages.map(({ at }) => dayOf(at))
    expect(days.every((day) => dayOf(addedAt) <= day && day < TODAY)).toBe(true)
  }
  for (const group of world.groups) {
    expect(group.members.every(({ id }) => ids.customers.has(id) || ids.members.has(id))).toBe(true)
    expect(new Set(group.members.map(({ id }) => id)).size).toBe(group.members.length)
  }
  expect(
    world.customers.every(({ externalUserId }) => world.relations.some((r) => r.customer === externalUserId)),
  ).toBe(true)
})

test('orders name known goods, guides, counters and people, and add up', () => {
  for (const order of records.orders) {
    for (const { productId, quantity, unitPrice = 0, amount } of order.lines) {
      expect(ids.products.get(productId)?.price).toBe(unitPrice)
      expect(amount).toBe(unitPrice * quantity)
    }
    const sum = order.lines.reduce((total, { amount }) => total + amount, 0)
    expect(order.paidAmount ?? sum).toBeLessThanOrEqual(sum)
    const staff = [order.salesGuideId, order.serviceGuideId].filter((guide) => guide !== undefined)
    expect(staff.every((guide) => ids.guides.has(guide))).toBe(true)
    if (order.storeId) expect(ids.stores.has(order.storeId)).toBe(true)
    const { externalUserId, memberNo } = order.customer ?? {}
    if (externalUserId) expect(ids.customers.has(externalUserId)).toBe(true)
    if (memberNo) expect(ids.memberNos.has(memberNo)).toBe(true)
    const age = daysBetween(dayOf(order.placedAt), TODAY)
    expect(age).toBeGreaterThanOrEqual(1)
    expect(age).toBeLessThanOrEqual(731)
  }
})

test('members are customers of WeCom, with every tier among them, and none younger than the mall', () => {
  for (const { externalUserId, unionId, joinedAt = '', birthday = '' } of records.members) {
    expect(ids.customers.has(externalUserId ?? '') || ids.unions.has(unionId)).toBe(true)
    expect(dayOf(joinedAt) < TODAY).toBe(true)
    expect(birthday < '2005-01-01').toBe(true)
  }
  for (const { name } of tiers)
    expect(records.members.filter((member) => member.tier === name).length).toBeGreaterThan(5)
})

test('coupons are valid today and belong to known counters', () => {
  for (const { validFrom, validTo, storeIds = [] } of records.coupons) {
    expect(dayOf(validFrom) <= TODAY && TODAY < dayOf(validTo)).toBe(true)
    expect(storeIds.every((storeId) => ids.stores.has(storeId))).toBe(true)
  }
})

test('trade looks like trade: shops sell most, autumn sells more than a dull month, prices fit the counter', () => {
  const share = (channel: string) =>
    records.orders.filter((order) => order.channel === channel).length / records.orders.length
  expect(share('store')).toBeGreaterThan(0.5)
  for (const channel of ['mall', 'group', 'live', 'guide_share']) expect(share(channel)).toBeGreaterThan(0.03)
  const average = (prefix: string) => {
    const values = records.orders
      .filter(({ lines }) => lines[0]?.productId.startsWith(prefix))
      .map(({ lines }) => lines.reduce((sum, { amount }) => sum + amount, 0))
    return values.reduce((sum, value) => sum + value, 0) / values.length / 100
  }
  expect(average('HG')).toBeGreaterThan(average('SJ'))
  expect(average('SJ')).toBeGreaterThan(average('QB') * 2)
  const monthly = (month: string) => records.orders.filter(({ placedAt }) => placedAt.startsWith(month)).length
  expect(monthly('2025-11')).toBeGreaterThan(monthly('2025-07'))
})
