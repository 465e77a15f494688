import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeGuide, makeProduct, makeStore } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
beforeAll(() => sender.put('stores', [makeStore(), makeStore({ storeId: 's2' })]))

test('a store is what its last record says: what is left out is cleared', async () => {
  const full = makeStore({
    storeId: 'full',
    kind: 'counter',
    ownership: 'franchise',
    brand: '星河',
    latitude: 22.5,
    longitude: 114,
  })
  await sender.put('stores', [full])
  const kept = () => t.db.selectFrom('store').selectAll().where('storeId', '=', 'full').executeTakeFirstOrThrow()
  expect(await kept()).toMatchObject({ ...full, address: null })
  await sender.put('stores', [makeStore({ storeId: 'full' })])
  expect(await kept()).toMatchObject({ kind: 'store', ownership: 'self_operated', brand: null, latitude: null })
})

test('a guide is known whatever the case of the userid, and keeps the spelling and name already known', async () => {
  await t.db.insertInto('guide').values({ userId: 'ZhaoMin', name: '赵敏', updatedAt: t.clock.now() }).execute()
  const records = [makeGuide({ userId: 'zhaomin', role: 'manager' }), makeGuide({ userId: 'ZHAOMIN', storeId: 's2' })]
  expect(await sender.put('guides', records)).toEqual({ accepted: 2, unchanged: 0, rejected: [] })
  const guides = await t.db.selectFrom('guide').selectAll().execute()
  expect(guides).toMatchObject([{ userId: 'ZhaoMin', name: '赵敏', storeId: 's2', role: 'guide' }])
})

const stockOf = async (productId: string) => {
  const rows = await t.db.selectFrom('productStock').selectAll().where('productId', '=', productId).execute()
  return Object.fromEntries(rows.map(({ storeId, quantity }) => [storeId, quantity]))
}

test('stock replaces what was there when it is given, and stays when it is not', async () => {
  const product = (stock?: object[]) => makeProduct({ productId: 'stocked', ...(stock && { stock }) })
  const one = [
    { storeId: 's1', quantity: 3 },
    { storeId: 'not-known-yet', quantity: 1 },
  ]
  await sender.put('products', [product(one)])
  expect(await stockOf('stocked')).toEqual({ s1: 3, 'not-known-yet': 1 })
  expect(await sender.put('products', [product()])).toMatchObject({ unchanged: 1 })
  expect(await stockOf('stocked')).toEqual({ s1: 3, 'not-known-yet': 1 })
  expect(await sender.put('products', [product([{ storeId: 's2', quantity: 5 }])])).toMatchObject({ accepted: 1 })
  expect(await stockOf('stocked')).toEqual({ s2: 5 })
  expect(await sender.put('products', [product([])])).toMatchObject({ accepted: 1 })
  expect(await stockOf('stocked')).toEqual({})
})

test.for([
  ['天鹅', true],
  ['texl', true],
  ['tianexianglian', true],
  ['swan', true],
  ['sw-05', true],
  ['shlsq', true],
  ['xl', true],
  ['lvse', true],
  ['zzz', false],
] as const)('typing %s finds the product: %s', async ([typed, found]) => {
  await sender.put('products', [
    makeProduct({ productId: 'SW-05', name: '天鹅项链 Swan 绿色', brand: '施华洛世奇', category: '项链' }),
  ])
  const hits = await t.db
    .selectFrom('product')
    .select('productId')
    .where('searchText', 'like', `%${typed}%`)
    .where('productId', '=', 'SW-05')
    .execute()
  expect(hits.length > 0).toBe(found)
})
