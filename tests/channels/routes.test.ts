import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { openShop, put } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

const t = await testApp({ wecom: signInWecom() })
afterAll(() => t[Symbol.asyncDispose]())
beforeAll(() => openShop(t))

const wish = { name: '门口台卡', source: 'public', storeIds: ['pandora'] }
const newChannel = (over: object = {}) => ({ channelId: crypto.randomUUID(), kind: 'store', ...wish, ...over })

test('codes are for managers and HQ: a guide has only the own one', async () => {
  const lin = await signIn(t, 'LinXiao')
  for (const url of ['/api/channels', '/api/channels/choices'])
    expect([url, (await lin.get(url)).statusCode]).toEqual([url, 403])
  expect((await lin.post('/api/channels', newChannel())).statusCode).toBe(403)
  expect((await lin.post('/api/duty', { userId: 'LinXiao', onDuty: false })).statusCode).toBe(403)

  expect((await lin.get('/api/channels/mine')).json()).toEqual({})
  const mine = await lin.post('/api/channels/mine', {})
  expect(mine.json().channel).toMatchObject({
    name: '林晓的码',
    kind: 'guide',
    status: 'creating',
    today: { added: 0 },
  })
  expect((await lin.post('/api/channels/mine', {})).json()).toEqual(mine.json())
  expect((await lin.get('/api/channels/mine')).json()).toEqual(mine.json())
  const chen = await signIn(t, 'ChenChen')
  expect((await chen.get('/api/channels/mine%3Alinxiao/qr.png')).statusCode).toBe(404)
})

test('a manager makes codes for the own store and its guides, and sees no others', async () => {
  const zhou = await signIn(t, 'ZhouMin')
  const hq = await signIn(t, 'HeadOffice')
  const own = newChannel()
  expect((await zhou.post('/api/channels', own)).json()).toMatchObject({
    channelId: own.channelId,
    status: 'creating',
    stores: [{ storeId: 'pandora', name: '万象城潘多拉专柜' }],
  })
  const foreign = newChannel({ storeIds: ['lancome'] })
  expect((await zhou.post('/api/channels', foreign)).json()).toMatchObject({ code: 'forbidden' })
  const strangers = newChannel({ kind: 'guides', storeIds: undefined, guideIds: ['LinXiao', 'ChenChen'] })
  expect((await zhou.post('/api/channels', strangers)).json()).toMatchObject({ code: 'forbidden' })
  expect((await hq.post('/api/channels', foreign)).statusCode).toBe(200)

  const listed = async (who: typeof zhou) =>
    (await who.get('/api/channels')).json().channels.map(({ channelId }: { channelId: string }) => channelId)
  expect(await listed(zhou)).toEqual([own.channelId])
  expect((await listed(hq)).sort()).toEqual([own.channelId, foreign.channelId].sort())
  expect((await zhou.post(`/api/channels/${foreign.channelId}/retire`, {})).statusCode).toBe(403)
  const choices = (await zhou.get('/api/channels/choices')).json()
  expect(choices.guides.map(({ userId }: { userId: string }) => userId).sort()).toEqual(['LinXiao', 'ZhouMin'])
  expect(choices.stores).toEqual([{ storeId: 'pandora', name: '万象城潘多拉专柜' }])
})

test('the same code made twice is one, and a change and the end of it are kept', async () => {
  const zhou = await signIn(t, 'ZhouMin')
  const draft = newChannel({ name: '试衣间' })
  await zhou.post('/api/channels', draft)
  await zhou.post('/api/channels', draft)
  const path = `/api/channels/${draft.channelId}`
  expect((await t.db.selectFrom('channel').selectAll().where('channelId', '=', draft.channelId).execute()).length).toBe(
    1,
  )
  const changed = await zhou.post(path, {
    ...wish,
    name: '新试衣间',
    dailyCap: 5,
    validTo: '2026-10-01T00:00:00+08:00',
  })
  expect(changed.json()).toMatchObject({ name: '新试衣间', dailyCap: 5, kind: 'store' })
  expect((await zhou.post(path, { ...wish, storeIds: [] })).json()).toMatchObject({ code: 'validation_failed' })
  expect((await zhou.post(`${path}/retire`, {})).json()).toMatchObject({ status: 'retired' })
  expect((await zhou.post(path, wish)).json()).toMatchObject({ code: 'validation_failed' })
  expect((await zhou.get(`${path}/qr.png`)).statusCode).toBe(404)
})

test('a manager says who is at work, for the own guides only', async () => {
  const zhou = await signIn(t, 'ZhouMin')
  const leaves = [{ from: '2026-10-01', to: '2026-10-07' }]
  expect((await zhou.post('/api/duty', { userId: 'linxiao', onDuty: false, leaves })).statusCode).toBe(204)
  expect((await zhou.get('/api/channels/choices')).json().guides).toContainEqual(
    expect.objectContaining({ userId: 'LinXiao', onDuty: false, leaves }),
  )
  expect((await zhou.post('/api/duty', { userId: 'ChenChen', onDuty: false })).statusCode).toBe(403)
  const backwards = { userId: 'LinXiao', leaves: [{ from: '2026-10-07', to: '2026-10-01' }] }
  expect((await zhou.post('/api/duty', backwards)).json()).toMatchObject({ code: 'validation_failed' })
})

test('the card says the channel’s name where the open API keeps its state', async () => {
  await put(t, 'channels', [
    { channelId: 'poster', kind: 'guide', name: '地铁海报', source: 'public', guideIds: ['LinXiao'] },
  ])
  const { state } = await t.db
    .selectFrom('channel')
    .select('state')
    .where('channelId', '=', 'poster')
    .executeTakeFirstOrThrow()
  const at = t.clock.now()
  await t.db
    .insertInto('customer')
    .values({ externalUserId: 'wmAnna', name: '安娜', createdAt: at, mirroredAt: at })
    .execute()
  const relation = { guideUserId: 'LinXiao', externalUserId: 'wmAnna', startedAt: at, channelState: state }
  await t.db.insertInto('followRelation').values(relation).execute()
  const lin = await signIn(t, 'LinXiao')
  expect((await lin.get('/api/customers/wmAnna')).json().relation).toMatchObject({ channel: '地铁海报' })
})
