import { expect, test } from 'vitest'
import { channel, channelWhen, isLive, startChannelStory } from './channel-story.ts'

const ADD = 'externalcontact/add_contact_way'
const UPDATE = 'externalcontact/update_contact_way'
const DELETE = 'externalcontact/del_contact_way'

test('a channel put through the open API becomes a code at WeCom, once however often it is put', async () => {
  await using story = await startChannelStory()
  const { open, simulator } = story
  expect(await open.put('channels', [channel()])).toEqual({ accepted: 1, unchanged: 0, rejected: [] })
  const live = await channelWhen(story, isLive)
  const ways = [...simulator.world.contactWays.values()]
  expect(ways).toMatchObject([
    { configId: live.configId, state: live.state, users: ['LinXiao'], remark: '门口台卡', skipVerify: true },
  ])
  expect(live.url).toContain(live.configId ?? '-')
  expect(live.state).toMatch(/^[a-z0-9]{20,30}$/)
  expect(await open.put('channels', [channel()])).toEqual({ accepted: 0, unchanged: 1, rejected: [] })
  await story.settled()
  expect(simulator.calls.count(ADD)).toBe(1)
  expect(simulator.calls.count(UPDATE)).toBe(0)
})

test('a change overwrites what WeCom holds, and retiring deletes it for good', async () => {
  await using story = await startChannelStory()
  const { open, simulator } = story
  await open.put('channels', [channel()])
  const { configId = '', state } = await channelWhen(story, isLive)
  await open.put('channels', [channel({ name: '新台卡', skipVerify: false, guideIds: ['ZhouMin'] })])
  await channelWhen(story, ({ next }) => next[0]?.userId === 'ZhouMin')
  expect(simulator.world.contactWays.get(configId)).toMatchObject({
    users: ['ZhouMin'],
    remark: '新台卡',
    skipVerify: false,
    state,
  })

  const retired = channel({ name: '新台卡', skipVerify: false, guideIds: ['ZhouMin'], retired: true })
  expect(await open.put('channels', [retired])).toMatchObject({ accepted: 1 })
  await story.settled()
  expect(simulator.world.contactWays.size).toBe(0)
  expect(await open.put('channels', [retired])).toMatchObject({ unchanged: 1 })
  expect(await open.put('channels', [channel()])).toMatchObject({
    rejected: [{ index: 0, id: 'c1', code: 'channel_retired' }],
  })
  expect(simulator.calls.count(DELETE)).toBe(1)
})

test('a bad channel is refused by itself, with its reason', async () => {
  await using story = await startChannelStory()
  const answer = await story.open.put('channels', [
    channel({ channelId: 'good' }),
    channel({ channelId: 'two', guideIds: ['LinXiao', 'ZhouMin'] }),
    channel({ channelId: 'nowhere', kind: 'store', guideIds: undefined, storeIds: ['nowhere'] }),
    channel({ channelId: 'unruly', ruleId: 'no-such-rule' }),
    channel({ channelId: 'backwards', validFrom: '2026-10-02T00:00:00+08:00', validTo: '2026-10-01T00:00:00+08:00' }),
    channel({ channelId: 'sourceless', source: undefined }),
    channel({ channelId: 'mine:linxiao' }),
  ])
  expect(answer.accepted).toBe(1)
  expect(answer.rejected.map(({ id, code }: { id: string; code: string }) => [id, code])).toEqual([
    ['two', 'invalid_field'],
    ['nowhere', 'store_unknown'],
    ['unruly', 'rule_unknown'],
    ['backwards', 'invalid_field'],
    ['sourceless', 'missing_field'],
    ['mine:linxiao', 'invalid_field'],
  ])
  expect(await story.open.put('channels', [channel({ channelId: 'good', kind: 'guides' })])).toMatchObject({
    rejected: [{ code: 'kind_fixed' }],
  })
})

test('an answer that never came loses no code and makes no second one', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db, server } = story
  // WeCom makes the code, and we never hear of it: the server is gone between the call and its answer.
  const { state } = await intend(story)
  const { config_id } = await server.deps.wecom.call(ADD, {
    type: 1,
    scene: 2,
    remark: '门口台卡',
    skip_verify: true,
    state,
    user: ['LinXiao'],
  })
  await db.updateTable('channel').set({ intendedAt: new Date() }).execute()
  await open.put('channels', [channel({ name: '门口新台卡' })])
  const live = await channelWhen(story, isLive)
  expect(live.configId).toBe(config_id)
  await simulator.waitFor(() => simulator.world.contactWays.get(config_id)?.remark === '门口新台卡')
  expect(simulator.world.contactWays.size).toBe(1)
})

test('silence is no answer: only after a while is another code made', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db } = story
  await intend(story)
  const longAgo = new Date(Date.now() - 60_000)
  await db.updateTable('channel').set({ intendedAt: longAgo }).execute()
  await open.put('channels', [channel({ name: '门口新台卡' })])
  await channelWhen(story, isLive)
  expect(simulator.world.contactWays.size).toBe(1)
})

test('a busy WeCom is asked again until there is one code', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db } = story
  simulator.failNext(ADD, -1, 1)
  await open.put('channels', [channel()])
  await simulator.waitFor(() => simulator.calls.count(ADD) === 1)
  await story.settled()
  // So long ago that nothing can still be on its way.
  await db
    .updateTable('channel')
    .set({ intendedAt: new Date(Date.now() - 60_000) })
    .execute()
  await open.put('channels', [channel({ name: '门口新台卡' })])
  await channelWhen(story, isLive)
  expect(simulator.world.contactWays.size).toBe(1)
})

/** A channel whose row and intent are there, and no call has been made. */
async function intend(story: Awaited<ReturnType<typeof startChannelStory>>) {
  const { open, simulator, db } = story
  simulator.failNext(ADD, 41045)
  await open.put('channels', [channel()])
  await simulator.waitFor(() => simulator.calls.count(ADD) === 1)
  await story.settled()
  return db.selectFrom('channel').select(['state', 'wecomId']).executeTakeFirstOrThrow()
}

test('a guide WeCom does not take is named, with what is missing', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db } = story
  await db.updateTable('guide').set({ name: '林晓' }).where('userId', '=', 'LinXiao').execute()
  simulator.failNext(ADD, 41054)
  await open.put('channels', [channel()])
  const failed = await channelWhen(story, ({ status }) => status === 'failed')
  expect(failed.failure).toBe('林晓还没有激活企业微信')
})

test('of several, those WeCom takes stand in for the one it does not', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db } = story
  for (const [userId, name] of [
    ['LinXiao', '林晓'],
    ['ChenChen', '陈晨'],
  ])
    await db
      .updateTable('guide')
      .set({ name })
      .where('userId', '=', userId ?? '')
      .execute()
  simulator.failNext(ADD, 84074)
  await open.put('channels', [channel({ kind: 'guides', guideIds: ['LinXiao', 'ChenChen'] })])
  const live = await channelWhen(story, isLive)
  expect(live.next).toEqual([{ userId: 'LinXiao', name: '林晓' }])
  expect(live.notes).toEqual(['陈晨还没有开通客户联系,先不分给 TA'])
})

test.for([
  [41045, '企业微信里的活码满了(50 万个),停用一些再试'],
  [48002, '应用还没有客户联系权限,请管理员在“客户联系 · 可调用接口的应用”里加上掌柜'],
] as const)('errcode %i is said in words', async ([errcode, words]) => {
  await using story = await startChannelStory()
  story.simulator.failNext(ADD, errcode)
  await story.open.put('channels', [channel()])
  expect(await channelWhen(story, ({ status }) => status === 'failed')).toMatchObject({
    failure: words,
    failureErrcode: errcode,
  })
})
