import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeOrder, makeProduct, makeStore } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const unusable: { name: string; payload: string; status: number; code: string; type?: string }[] = [
  { name: 'an empty body', payload: '', status: 400, code: 'bad_request' },
  { name: 'broken JSON', payload: '[{', status: 400, code: 'bad_request' },
  { name: 'an object', payload: '{"storeId":"s1"}', status: 400, code: 'validation_failed' },
  { name: 'null', payload: 'null', status: 400, code: 'validation_failed' },
  { name: 'an empty array', payload: '[]', status: 400, code: 'validation_failed' },
  { name: '501 records', payload: JSON.stringify(Array(501).fill({})), status: 400, code: 'validation_failed' },
  { name: 'plain text', payload: '[]', type: 'text/plain', status: 400, code: 'validation_failed' },
  { name: 'XML', payload: '<a/>', type: 'application/xml', status: 415, code: 'unsupported_media_type' },
  { name: 'more than 8 MB', payload: `["${'x'.repeat(8_400_000)}"]`, status: 413, code: 'payload_too_large' },
]
test.for(unusable)('$name is no batch: $status', async ({ payload, type, status, code }) => {
  expect(await sender.putRaw('stores', payload, type)).toMatchObject({ status, body: { status, code } })
})

test('a bad record never spoils its neighbours', async () => {
  const answer = await sender.put('stores', [
    makeStore({ storeId: 'good-1' }),
    7,
    null,
    [],
    'text',
    {},
    { storeId: 'no-name' },
    makeStore({ storeId: 'unknown', colour: 'red', size: 3 }),
    makeStore({ storeId: 'bad-kind', kind: 'kiosk' }),
    makeStore({ storeId: 12 }),
    makeStore({ storeId: '' }),
    makeStore({ storeId: 'far', latitude: 91 }),
    makeStore({ storeId: 'nul', name: 'a\u0000b' }),
    makeStore({ storeId: 'half', name: 'a\ud800b' }),
    makeStore({ storeId: 'good-2' }),
  ])
  expect(answer).toEqual({
    accepted: 2,
    unchanged: 0,
    rejected: [
      { index: 1, code: 'invalid_field', detail: 'the record must be object' },
      { index: 2, code: 'invalid_field', detail: 'the record must be object' },
      { index: 3, code: 'invalid_field', detail: 'the record must be object' },
      { index: 4, code: 'invalid_field', detail: 'the record must be object' },
      { index: 5, code: 'missing_field', detail: '/storeId is missing; /name is missing' },
      { index: 6, id: 'no-name', code: 'missing_field', detail: '/name is missing' },
      { index: 7, id: 'unknown', code: 'unknown_field', detail: '/colour is not a field; /size is not a field' },
      { index: 8, id: 'bad-kind', code: 'invalid_field', detail: '/kind must be one of store, counter' },
      { index: 9, code: 'invalid_field', detail: '/storeId must be string' },
      { index: 10, id: '', code: 'invalid_field', detail: '/storeId must not have fewer than 1 characters' },
      { index: 11, id: 'far', code: 'invalid_field', detail: '/latitude must be <= 90' },
      { index: 12, id: 'nul', code: 'invalid_field', detail: '/name holds a character that cannot be stored' },
      { index: 13, id: 'half', code: 'invalid_field', detail: '/name holds a character that cannot be stored' },
    ],
  })
  const stored = await t.db.selectFrom('store').select('storeId').orderBy('storeId').execute()
  expect(stored.map(({ storeId }) => storeId)).toEqual(['good-1', 'good-2'])
})

test('what only the database refuses is rejected alone, and the log tells nothing of it', async () => {
  // RFC 3339 allows this offset; Postgres does not.
  const beyond = { placedAt: '2026-09-01T10:00:00+23:00', customer: { memberNo: 'secret-member' } }
  const orders = Array.from({ length: 40 }, (_, index) =>
    makeOrder({ orderId: `db-${index}`, ...(index % 13 === 5 && beyond) }),
  )
  const { accepted, unchanged, rejected } = await sender.put('orders', orders)
  expect({ accepted, unchanged }).toEqual({ accepted: 37, unchanged: 0 })
  expect(rejected).toEqual(
    [5, 18, 31].map((index) => ({
      index,
      id: `db-${index}`,
      code: 'not_storable',
      detail: 'the database cannot store the record (22009)',
    })),
  )
  expect(t.logs.join()).not.toContain('secret-member')
  const stored = await t.db.selectFrom('salesOrder').select('orderId').where('orderId', 'like', 'db-%').execute()
  expect(stored).toHaveLength(37)
})

test('a record named twice in a batch is written twice: the last one stands', async () => {
  const first = makeProduct({ productId: 'twice', price: 100 })
  const second = makeProduct({ productId: 'twice', price: 200 })
  expect(await sender.put('products', [first, second, second, makeProduct({ productId: 'once' })])).toEqual({
    accepted: 3,
    unchanged: 1,
    rejected: [],
  })
  const { price } = await t.db
    .selectFrom('product')
    .select('price')
    .where('productId', '=', 'twice')
    .executeTakeFirstOrThrow()
  expect(price).toBe(200)
})

test('every call of the open API is described', async () => {
  const { statusCode, ...answer } = await t.app.inject('/openapi.json')
  expect(statusCode).toBe(200)
  const { paths } = answer.json()
  const calls = Object.entries<object>(paths)
    .filter(([path]) => path.startsWith('/open/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  expect(calls.sort()).toEqual(
    expect.arrayContaining([
      'GET /open/v1/customers/{externalUserId}',
      'GET /open/v1/customers/{externalUserId}/orders',
      'GET /open/v1/failed-jobs',
      'GET /open/v1/reports/welcomes',
      'PUT /open/v1/coupons',
      'PUT /open/v1/guides',
      'PUT /open/v1/members',
      'PUT /open/v1/orders',
      'PUT /open/v1/products',
      'PUT /open/v1/stores',
      'PUT /open/v1/welcome-rules',
    ]),
  )
  expect(paths['/open/v1/stores'].put).toMatchObject({
    security: [{ apiKey: [] }],
    requestBody: {
      content: {
        'application/json': { schema: { type: 'array', maxItems: 500, items: { required: ['storeId', 'name'] } } },
      },
    },
  })
  expect(Object.keys(paths).filter((path) => !/^\/(open|api)\//.test(path))).toEqual([])
})
