import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { channel, channelWhen, isLive, scan, startChannelStory } from './channel-story.ts'

const MARK = 'externalcontact/mark_tag'
const tagged = [{ group: '来源', name: '直播' }]

const rule = (ruleId: string, text: string, match: object = {}) => ({ ruleId, text, match })

test('a friend who scans gets the channel’s tags, at WeCom and in our own rows', async () => {
  await using story = await startChannelStory()
  const { open, db, simulator } = story
  await open.put('channels', [channel({ skipVerify: false, tags: tagged })])
  const { state } = await channelWhen(story, isLive)
  const { externalUserId } = await scan(story, state)
  await until(async () => (await db.selectFrom('relationTag').selectAll().execute()).length > 0)
  expect(await db.selectFrom('relationTag').select(['groupName', 'name', 'guideUserId']).execute()).toEqual([
    { groupName: '来源', name: '直播', guideUserId: 'LinXiao' },
  ])
  expect(simulator.world.relations.get('LinXiao')?.get(externalUserId)?.tagIds).toEqual(['etLive'])
})

test('a friend who comes in half is tagged when the guide has confirmed', async () => {
  await using story = await startChannelStory()
  const { open, db, simulator } = story
  await open.put('channels', [channel({ tags: [{ tagId: 'etLive' }] })])
  const { state } = await channelWhen(story, isLive)
  const { externalUserId } = await scan(story, state)
  await simulator.waitFor(() => simulator.calls.count(MARK) === 1)
  await story.settled()
  expect(await db.selectFrom('followRelationTag').selectAll().execute()).toEqual([])
  await (await simulator.confirmHalf({ guide: 'LinXiao', customer: externalUserId })).delivered
  await until(async () => (await db.selectFrom('followRelationTag').selectAll().execute()).length === 1)
  expect(await db.selectFrom('channelArrival').selectAll().execute()).toHaveLength(1)
})

test.for([
  { validity: { validTo: '2026-01-01T00:00:00+08:00' }, note: '已经过期,扫码还能加好友,不再打标签' },
  { validity: { validFrom: '2099-01-01T00:00:00+08:00' }, note: '还没到开始的时候,扫码能加好友,先不打标签' },
])('outside its validity a code brings friends, but neither tags nor its own welcome', async ({ validity, note }) => {
  await using story = await startChannelStory()
  const { open, simulator } = story
  await open.put('welcome-rules', [rule('all', '大家好'), rule('live', '直播间的朋友好', { states: ['nobody'] })])
  await open.put('channels', [channel({ skipVerify: false, tags: tagged, ruleId: 'live', ...validity })])
  const live = await channelWhen(story, isLive)
  expect(live.notes).toEqual([note])
  const { externalUserId } = await scan(story, live.state)
  await simulator.waitFor(() => simulator.messages('LinXiao', externalUserId).length >= 2)
  expect(JSON.stringify(simulator.messages('LinXiao', externalUserId))).toContain('大家好')
  expect(simulator.calls.count(MARK)).toBe(0)
  expect(await open.get(`channels/c1`)).toMatchObject({ today: { added: 1 }, total: 1 })
})

test('the channel’s rule wins over a rule for its state, and a rule may name a channel by its id', async () => {
  await using story = await startChannelStory()
  const { open, simulator } = story
  await open.put('welcome-rules', [rule('live', '直播间的朋友好', { states: ['nobody'] })])
  await open.put('channels', [
    channel({ skipVerify: false }),
    channel({ channelId: 'c2', skipVerify: false, ruleId: 'live' }),
  ])
  const [byId, bound] = [await channelWhen(story, isLive), await channelWhen(story, isLive, 'c2')]
  await open.put('welcome-rules', [
    rule('all', '大家好'),
    rule('by-id', '门口的朋友好', { states: ['c1'] }),
    rule('by-state', '按来源说的话', { states: [bound.state] }),
  ])
  for (const [{ state }, says] of [
    [byId, '门口的朋友好'],
    [bound, '直播间的朋友好'],
  ] as const) {
    const { externalUserId } = await scan(story, state)
    await simulator.waitFor(() => simulator.messages('LinXiao', externalUserId).length >= 2)
    expect(JSON.stringify(simulator.messages('LinXiao', externalUserId))).toContain(says)
  }
})

test('the report tells by day what a channel brought, and the relation keeps its state', async () => {
  await using story = await startChannelStory()
  const { open, simulator } = story
  await open.put('channels', [
    channel({ skipVerify: false }),
    channel({ channelId: 'c2', source: 'live', guideIds: ['ZhouMin'] }),
  ])
  const { state } = await channelWhen(story, isLive)
  const [anna, bea] = [await scan(story, state), await scan(story, state)]
  await simulator.addFriend({ guide: 'ZhouMin', customer: anna.externalUserId, state: 'somebody else’s' })
  await (await simulator.deleteByCustomer({ guide: 'LinXiao', customer: bea.externalUserId })).delivered
  await story.settled()
  const now = new Date().toISOString()
  await open.put('members', [{ memberNo: 'm1', externalUserId: anna.externalUserId, joinedAt: now }])
  const sale = (orderId: string, externalUserId: string, amount: number) => ({
    orderId,
    channel: 'store',
    placedAt: now,
    lines: [{ productId: 'p', quantity: 1, amount }],
    customer: { externalUserId },
  })
  await open.put('orders', [
    sale('o1', anna.externalUserId, 89_900),
    sale('o2', anna.externalUserId, 10_100),
    sale('o3', 'wmStranger', 5_000),
  ])
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const figures = { added: 2, lost: 1, members: 1, buyers: 1, sales: 100_000 }
  expect(await open.get(`reports/channels?from=${day}&to=2099-01-01`)).toEqual({
    rows: [{ channelId: 'c1', name: '门口台卡', source: 'public', day, ...figures }],
    total: figures,
  })
  expect(await open.get('reports/channels?from=2020-01-01&to=2020-02-01')).toMatchObject({ rows: [] })
  expect(await open.get(`customers/${anna.externalUserId}`)).toMatchObject({ relations: [{ channel: state }, {}] })
  expect(await open.get('channels?limit=1')).toMatchObject({ channels: [{ channelId: 'c1' }], nextCursor: 'c1' })
  expect(await open.get('channels?cursor=c1')).toMatchObject({ channels: [{ channelId: 'c2' }] })
})
