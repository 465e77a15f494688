import { mirrorCustomer } from '@zhanggui/server/customers/mirror-customer.ts'
import { sweepErased } from '@zhanggui/server/personal-data/erase-customer.ts'
import { expect, test } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { testApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'
import { befriend, openShop, product, put } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { anna, bella, startPersonStory } from './person-story.ts'

const order = (over: object = {}) => ({
  orderId: 'o1',
  channel: 'store',
  placedAt: '2026-09-20T10:00:00+08:00',
  lines: [{ productId: 'swan', quantity: 1, amount: 89_900 }],
  customer: { memberNo: 'm1' },
  ...over,
})

/** 安娜 is 林晓's, a member, and has bought something; then she is erased. */
async function erased() {
  const t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'products', [product()])
  await put(t, 'members', [{ memberNo: 'm1', externalUserId: 'wmAnna', phone: '13812345678' }])
  await put(t, 'orders', [order()])
  const answer = await openApi(t).post('/customers/wmAnna/erase', { reason: '顾客要求删除' })
  expect(answer.json()).toEqual({ externalUserId: 'wmAnna', erasedAt: t.clock.now().toISOString() })
  t.clock.advance(60_000)
  return t
}

test('done again, an erasure finds nothing and says when it was done; of nobody there is nothing to erase', async () => {
  await using t = await erased()
  const api = openApi(t)
  const again = await api.post('/customers/wmAnna/erase', { reason: '再来一次' })
  expect(again.json().erasedAt).toBe(new Date(t.clock.now().getTime() - 60_000).toISOString())
  expect((await api.get('/audit?subject=wmAnna')).json().entries).toMatchObject([
    {
      actor: 'api:till',
      action: 'customer.erased',
      reason: '顾客要求删除',
      detail: { rows: { customer: 1, member: 1 } },
    },
  ])
  const nobody = await api.post('/customers/wmNobody/erase', { reason: '顾客要求删除' })
  expect([nobody.statusCode, nobody.json().code]).toEqual([404, 'not_found'])
  expect((await api.post('/customers/wmAnna/erase', {})).statusCode).toBe(400)
  expect(await t.db.selectFrom('erasedCustomer').select('externalUserId').execute()).toEqual([
    { externalUserId: 'wmAnna' },
  ])
})

test('the sidebar is told that the customer was erased', async () => {
  await using t = await erased()
  const answer = await (await signIn(t, 'LinXiao')).get('/api/customers/wmAnna')
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'customer_erased'])
})

test('what a till corrects afterwards stays with the pseudonym, what it tells of before is put there', async () => {
  await using t = await erased()
  const { pseudonym } = await t.db.selectFrom('erasedCustomer').selectAll().executeTakeFirstOrThrow()
  await put(t, 'orders', [
    order({ paidAmount: 80_000 }),
    order({ orderId: 'o2', customer: { externalUserId: 'wmAnna', unionId: 'uAnna' } }),
    order({ orderId: 'o3', customer: { externalUserId: 'wmAnna' }, placedAt: '2026-09-21T11:00:00+08:00' }),
  ])
  const orders = t.db.selectFrom('salesOrder').orderBy('orderId')
  expect(await orders.select(['orderId', 'externalUserId', 'memberNo', 'unionId', 'paidAmount']).execute()).toEqual([
    { orderId: 'o1', externalUserId: pseudonym, memberNo: null, unionId: null, paidAmount: 80_000 },
    { orderId: 'o2', externalUserId: pseudonym, memberNo: null, unionId: null, paidAmount: 89_900 },
    { orderId: 'o3', externalUserId: 'wmAnna', memberNo: null, unionId: null, paidAmount: 89_900 },
  ])
  const revisions = await t.db.selectFrom('salesOrderRevision').select('record').where('orderId', '<>', 'o3').execute()
  expect(revisions.map(({ record }) => record.customer)).toEqual(Array(3).fill({ externalUserId: pseudonym }))
})

test('a CRM that still has an erased person is told so, and its other members are taken', async () => {
  await using t = await erased()
  const members = [{ memberNo: 'm2' }, { memberNo: 'm1', externalUserId: 'wmAnna', name: '王安娜' }, { memberNo: 'm3' }]
  const send = () =>
    t.app.inject({
      method: 'PUT',
      url: '/open/v1/members',
      headers: { authorization: `Bearer ${TILL_KEY}` },
      payload: members,
    })
  expect((await send()).json()).toMatchObject({
    accepted: 2,
    rejected: [{ index: 1, id: 'm1', code: 'customer_erased' }],
  })
  await befriend(t, { externalUserId: 'wmAnna' })
  expect((await t.db.selectFrom('customer').selectAll().execute()).length).toBe(0)
  t.clock.advance(120_000)
  await befriend(t, { externalUserId: 'wmAnna' })
  expect((await send()).json()).toMatchObject({ accepted: 1, unchanged: 2, rejected: [] })
})

test('erasing while the mirror is being written leaves nothing, whoever is first', async () => {
  await using story = await startPersonStory()
  const { server, db, api } = story
  const readings = Array.from({ length: 6 }, () => mirrorCustomer(anna.id, server.deps))
  const erasures = Array.from({ length: 3 }, () => api.post(`/customers/${anna.id}/erase`, { reason: '顾客要求删除' }))
  const answers = await Promise.all(erasures)
  await Promise.all(readings)
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await db.selectFrom('followRelation').select('externalUserId').execute()).toEqual([
    { externalUserId: bella.id },
  ])
  expect(await db.selectFrom('customer').select('externalUserId').execute()).toEqual([{ externalUserId: bella.id }])
})

test('what was being written meanwhile is swept up later, but not of who is back', async () => {
  await using t = await erased()
  const { rows } = await t.deps.pool.query<{ payload: Record<string, unknown> }>(
    `select payload from graphile_worker._private_jobs where payload::jsonb ? 'pseudonym'`,
  )
  expect(rows).toHaveLength(1)
  const payload = rows[0]?.payload ?? {}
  const at = t.clock.now()
  const late = { guideUserId: 'LinXiao', externalUserId: 'wmAnna', eventAt: at, receivedAt: at }
  const welcomes = () => t.db.selectFrom('welcome').select('claimKey').where('externalUserId', '=', 'wmAnna').execute()
  await t.db
    .insertInto('welcome')
    .values({ ...late, claimKey: 'late' })
    .execute()
  await sweepErased.run(payload, t.deps, { attempt: 1 })
  expect(await welcomes()).toEqual([])

  t.clock.advance(120_000)
  await befriend(t)
  await t.db
    .insertInto('welcome')
    .values({ ...late, claimKey: 'new' })
    .execute()
  await sweepErased.run(payload, t.deps, { attempt: 1 })
  expect(await welcomes()).toEqual([{ claimKey: 'new' }])
})
