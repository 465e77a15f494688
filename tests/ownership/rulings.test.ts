import { keepCustomerNews } from '@zhanggui/server/customers/customers.repository.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { befriend, openShop, put, unfriend } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { openApi } from './open-api.ts'

/** 安娜 is 林晓's, and a friend of 周敏 and 陈晨 as well. */
async function shared() {
  const t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t, { guideUserId: 'LinXiao' })
  t.clock.advance(120_000)
  await befriend(t, { guideUserId: 'ZhouMin' })
  await befriend(t, { guideUserId: 'ChenChen' })
  return t
}

const ruling = (over: object = {}) => ({
  externalUserId: 'wmAnna',
  toUserId: 'ZhouMin',
  reason: '顾客要求换导购',
  by: '区域经理王敏',
  ...over,
})

test('a ruling moves the customer, stays through later news, and can be read back with who, when and why', async () => {
  await using t = await shared()
  const api = openApi(t)
  const firstSince = new Date(t.clock.now().getTime() - 180_000).toISOString()
  expect((await api.get('/customers/wmAnna/ownership')).json()).toEqual({
    externalUserId: 'wmAnna',
    owner: { userId: 'LinXiao', since: firstSince },
    firstFriend: { userId: 'LinXiao', since: firstSince },
    moves: [],
  })

  const at = t.clock.now().toISOString()
  const answer = await api.post('/rulings', ruling({ toUserId: 'zhoumin' }))
  expect(answer.json()).toEqual({ externalUserId: 'wmAnna', owner: { userId: 'ZhouMin', since: at } })
  t.clock.advance(60_000)
  await unfriend(t, { guideUserId: 'LinXiao' })
  await befriend(t, { guideUserId: 'ChenChen' })

  expect((await api.get('/customers/wmAnna')).json().owner).toEqual({ userId: 'ZhouMin', since: at })
  expect((await api.get('/customers/wmAnna/ownership')).json()).toMatchObject({
    owner: { userId: 'ZhouMin', since: at },
    firstFriend: { userId: 'LinXiao' },
    moves: [
      { fromUserId: 'LinXiao', toUserId: 'ZhouMin', cause: 'ruling', reason: '顾客要求换导购', by: '区域经理王敏', at },
    ],
  })
  expect((await api.get('/audit?subject=wmAnna')).json().entries).toMatchObject([
    {
      actor: 'api:till',
      action: 'customer.ruled',
      subject: 'wmAnna',
      reason: '顾客要求换导购',
      detail: { from: 'LinXiao', to: 'ZhouMin', by: '区域经理王敏' },
      at,
    },
  ])
})

test.for([
  ['without a reason', { reason: undefined }, 400, 'validation_failed'],
  ['with a blank reason', { reason: '   ' }, 400, 'validation_failed'],
  ['without who decided', { by: undefined }, 400, 'validation_failed'],
  ['of an unknown customer', { externalUserId: 'wmNobody' }, 404, 'not_found'],
  ['for an unknown guide', { toUserId: 'Nobody' }, 409, 'guide_not_active'],
  ['for a guide who left', { toUserId: 'LiuGone' }, 409, 'guide_not_active'],
  ['for a guide who is no friend', { toUserId: 'SunNew' }, 409, 'not_friends'],
  ['for the owner', { toUserId: 'LINXIAO' }, 409, 'owner_unchanged'],
] as const)('a ruling %s is refused', async ([, over, status, code]) => {
  await using t = await shared()
  await put(t, 'guides', [
    { userId: 'LiuGone', storeId: 'pandora' },
    { userId: 'SunNew', storeId: 'pandora' },
  ])
  await befriend(t, { guideUserId: 'LiuGone' })
  await t.db.updateTable('guide').set({ status: 'left' }).where('userId', '=', 'LiuGone').execute()
  const answer = await openApi(t).post('/rulings', ruling(over))
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect(await t.db.selectFrom('ownerMove').selectAll().execute()).toEqual([])
  expect(await t.db.selectFrom('auditEntry').selectAll().execute()).toEqual([])
})

test('a manager rules within the store, HQ everywhere, a guide nowhere', async () => {
  await using t = await shared()
  await put(t, 'guides', [{ userId: 'QianLancome', storeId: 'lancome', role: 'manager' }])
  const rule = async (userId: string, toUserId: string) => {
    const answer = await (await signIn(t, userId)).post('/api/customers/wmAnna/ruling', {
      toUserId,
      reason: '店里商量好了',
    })
    return [answer.statusCode, answer.json().code ?? answer.json().owner.userId]
  }
  expect(await rule('LinXiao', 'ZhouMin')).toEqual([403, 'forbidden'])
  expect(await rule('ZhouMin', 'ChenChen')).toEqual([403, 'not_your_store'])
  expect(await rule('QianLancome', 'ChenChen')).toEqual([403, 'not_your_store'])
  expect(await rule('ZhouMin', 'ZhouMin')).toEqual([200, 'ZhouMin'])
  t.clock.advance(1000)
  expect(await rule('HeadOffice', 'ChenChen')).toEqual([200, 'ChenChen'])
  expect(await rule('ZhouMin', 'LinXiao')).toEqual([403, 'not_your_store'])
  await unfriend(t, { guideUserId: 'ChenChen' })
  expect(await rule('QianLancome', 'LinXiao')).toEqual([404, 'customer_not_visible'])
  const audit = await openApi(t).get('/audit?subject=wmAnna&limit=1')
  expect(audit.json()).toMatchObject({ entries: [{ actor: 'HeadOffice' }], nextCursor: expect.any(String) })
  expect((await openApi(t).get(`/audit?cursor=${audit.json().nextCursor}`)).json().entries).toMatchObject([
    { actor: 'ZhouMin', action: 'customer.ruled' },
  ])
})

test('the same Idempotency-Key gives the same answer and rules once, until a day has passed', async () => {
  await using t = await shared()
  const api = openApi(t)
  const key = { 'idempotency-key': 'ruling-7' }
  const answers = await Promise.all([1, 2, 3].map(() => api.post('/rulings', ruling(), key)))
  t.clock.advance(23 * 3_600_000)
  answers.push(await api.post('/rulings', ruling(), key))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await t.db.selectFrom('ownerMove').selectAll().execute()).toHaveLength(1)

  const other = await api.post('/rulings', ruling({ reason: '另一个理由' }), key)
  expect([other.statusCode, other.json().code]).toEqual([409, 'idempotency_key_reused'])

  t.clock.advance(2 * 3_600_000)
  expect((await api.post('/rulings', ruling(), key)).json().code).toBe('owner_unchanged')
})

test('a refusal is remembered as well, and undone whole; a fault of ours is not', async () => {
  await using t = await shared()
  const api = openApi(t)
  const key = { 'idempotency-key': 'ruling-8' }
  const toSun = ruling({ toUserId: 'SunNew' })
  await put(t, 'guides', [{ userId: 'SunNew', storeId: 'pandora' }])
  const refused = await api.post('/rulings', toSun, key)
  await befriend(t, { guideUserId: 'SunNew' })
  const again = await api.post('/rulings', toSun, key)
  expect([refused.statusCode, again.statusCode, again.body]).toEqual([409, 409, refused.body])
  expect(again.headers['content-type']).toContain('application/problem+json')
  expect((await api.post('/rulings', toSun, { 'idempotency-key': 'ruling-9' })).statusCode).toBe(200)

  await t.deps.pool.query('alter table owner_move rename to owner_move_away')
  const faulty = await api.post('/rulings', ruling(), { 'idempotency-key': 'ruling-10' })
  await t.deps.pool.query('alter table owner_move_away rename to owner_move')
  const healed = await api.post('/rulings', ruling(), { 'idempotency-key': 'ruling-10' })
  expect([faulty.statusCode, healed.statusCode]).toEqual([500, 200])
})

test('rulings and news at once leave one owner: whom the last ruling named', async () => {
  await using t = await shared()
  const api = openApi(t)
  const heardAt = t.clock.now()
  const change = { guideUserId: 'ZhouMin', what: 'started', at: heardAt } as const
  await Promise.all([
    ...['ZhouMin', 'ChenChen', 'LinXiao'].map((toUserId) => api.post('/rulings', ruling({ toUserId }))),
    ...Array.from({ length: 5 }, () => keepCustomerNews(t.db, { externalUserId: 'wmAnna', change, heardAt })),
  ])
  const { owner, moves } = (await api.get('/customers/wmAnna/ownership')).json()
  expect(moves.at(-1)).toMatchObject({ toUserId: owner.userId })
  // Each move goes on where the one before it ended.
  const chain = moves.map(({ toUserId }: { toUserId: string }) => toUserId)
  expect(moves.map(({ fromUserId }: { fromUserId: string }) => fromUserId)).toEqual(['LinXiao', ...chain.slice(0, -1)])
})
