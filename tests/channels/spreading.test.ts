import { type Candidate, lineUp } from '@zhanggui/server/channels/line-up.ts'
import { turnChannels } from '@zhanggui/server/channels/turn-channels.ts'
import { expect, test } from 'vitest'
import fc from '../support/properties.ts'
import { until } from '../support/until.ts'
import { channel, channelWhen, isLive, scan, startChannelStory } from './channel-story.ts'

const UPDATE = 'externalcontact/update_contact_way'
const storeCode = (over: object = {}) =>
  channel({ kind: 'store', guideIds: undefined, storeIds: ['mall'], skipVerify: false, ...over })

test('a store code gives new friends to the guides on duty in turn', async () => {
  await using story = await startChannelStory()
  await story.open.put('channels', [storeCode()])
  const { state } = await channelWhen(story, isLive)
  const given: string[] = []
  for (let friend = 1; friend <= 8; friend++) {
    given.push((await scan(story, state)).guide)
    await channelWhen(story, ({ next }) => next.length === 1 && next[0]?.userId !== given.at(-1))
  }
  expect([...given.slice(0, 4)].sort()).toEqual(['ChenChen', 'LinXiao', 'WuYue', 'ZhouMin'])
  expect(given.slice(4)).toEqual(given.slice(0, 4))
  expect(story.simulator.calls.count(UPDATE)).toBe(8)
})

test('friends who come together cost few calls, and as many guides stand in front as came', async () => {
  await using story = await startChannelStory()
  const { simulator, open } = story
  await open.put('channels', [storeCode()])
  const { state } = await channelWhen(story, isLive)
  const release = simulator.hold(UPDATE)
  const crowd = await Promise.all(Array.from({ length: 3 }, () => simulator.scanContactWay({ state })))
  await Promise.all(crowd.map(({ delivered }) => delivered))
  // The first change is still on its way when all of them have come.
  await until(async () => (await story.db.selectFrom('channelArrival').select('at').execute()).length === crowd.length)
  release()
  await story.settled()
  const { next } = await channelWhen(story, ({ next }) => next.length > 1)
  expect(next.map(({ userId }) => userId)).not.toContain(crowd[0]?.guide)
  expect(simulator.calls.count(UPDATE)).toBeLessThanOrEqual(2)
})

test('nobody off duty or on leave is handed out, and whoever comes back is', async () => {
  await using story = await startChannelStory()
  const { open } = story
  const leave = { from: '2020-01-01', to: '2099-12-31' }
  expect(
    await open.put('duty', [
      { userId: 'ChenChen', onDuty: false },
      { userId: 'linxiao', leaves: [leave] },
      { userId: 'WuYue', onDuty: false },
      { userId: 'ZhouMin', leaves: [{ from: '2026-02-02', to: '2026-02-01' }] },
    ]),
  ).toMatchObject({ accepted: 3, rejected: [{ index: 3, code: 'invalid_field' }] })
  await open.put('channels', [storeCode()])
  const { state } = await channelWhen(story, isLive)
  expect([(await scan(story, state)).guide, (await scan(story, state)).guide]).toEqual(['ZhouMin', 'ZhouMin'])
  expect(story.simulator.calls.count(UPDATE)).toBe(0)

  expect(await open.put('duty', [{ userId: 'CHENCHEN' }])).toMatchObject({ accepted: 1 })
  expect(await open.put('duty', [{ userId: 'ChenChen' }])).toMatchObject({ unchanged: 1 })
  await channelWhen(story, ({ next }) => next[0]?.userId === 'ChenChen')
})

test('whoever has had enough today stands aside, and when all have, it is said and shared among all', async () => {
  await using story = await startChannelStory()
  const { open, db, server } = story
  await open.put('channels', [
    storeCode({ kind: 'guides', storeIds: undefined, guideIds: ['LinXiao', 'ZhouMin'], dailyCap: 1 }),
  ])
  const { state } = await channelWhen(story, isLive)
  const first = (await scan(story, state)).guide
  await channelWhen(story, ({ next }) => next[0]?.userId !== first)
  await scan(story, state)
  const full = await channelWhen(story, ({ next }) => next.length === 2)
  expect(full.notes).toEqual(['当班的人今天都到上限了,先轮着分给当班的'])

  const aDay = 24 * 3_600_000
  for (const table of ['channelArrival'] as const) {
    const rows = await db.selectFrom(table).selectAll().execute()
    for (const { guideUserId, at } of rows)
      await db
        .updateTable(table)
        .set({ at: new Date(at.getTime() - aDay) })
        .where('guideUserId', '=', guideUserId)
        .execute()
  }
  await turnChannels.run({}, server.deps, { attempt: 1 })
  const rested = await channelWhen(story, ({ next }) => next.length === 1)
  expect(rested.next[0]?.userId).toBe(first)
  expect(rested.notes).toEqual([])
})

test('a guide who left the corp is not handed out, as soon as the directory says so', async () => {
  await using story = await startChannelStory()
  const { open, db, server } = story
  await open.put('channels', [storeCode({ kind: 'guides', storeIds: undefined, guideIds: ['LinXiao', 'ZhouMin'] })])
  await channelWhen(story, ({ next }) => next[0]?.userId === 'LinXiao')
  await db.updateTable('guide').set({ status: 'left' }).where('userId', '=', 'LinXiao').execute()
  await turnChannels.run({}, server.deps, { attempt: 1 })
  await channelWhen(story, ({ next }) => next[0]?.userId === 'ZhouMin')
})

test('a store without guides says so, and its code comes with the first guide', async () => {
  await using story = await startChannelStory()
  const { open, server } = story
  await open.put('stores', [{ storeId: 'empty', name: '新店' }])
  await open.put('channels', [storeCode({ storeIds: ['empty'] })])
  const failed = await channelWhen(story, ({ status }) => status === 'failed')
  expect(failed.failure).toBe('门店里还没有导购,先把导购排进门店')
  await open.put('guides', [{ userId: 'WuYue', storeId: 'empty' }])
  await turnChannels.run({}, server.deps, { attempt: 1 })
  expect((await channelWhen(story, isLive)).next).toMatchObject([{ userId: 'WuYue' }])
})

const guides = fc.uniqueArray(
  fc.record<Candidate>({
    userId: fc.string({ minLength: 1, maxLength: 3 }),
    onDuty: fc.boolean(),
    leaves: fc.constantFrom([], [{ from: '2026-09-01', to: '2026-09-02' }], [{ from: '2026-09-02', to: '2026-09-03' }]),
    away: fc.boolean(),
    refused: fc.boolean(),
    today: fc.nat(3),
    lastGivenAt: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(1e12) })),
  }),
  { selector: ({ userId }) => userId },
)
const terms = fc.record({
  day: fc.constant('2026-09-02'),
  dailyCap: fc.option(fc.integer({ min: 1, max: 3 })),
  newSince: fc.nat(5),
  most: fc.integer({ min: 1, max: 4 }),
})

test('there is always somebody in front, never more than WeCom takes, and nobody it refused', () =>
  fc.assert(
    fc.property(guides, terms, (candidates, conditions) => {
      const line = lineUp(candidates, conditions)
      const refused = new Set(candidates.filter((guide) => guide.refused).map(({ userId }) => userId))
      if (refused.size === candidates.length) return line === undefined
      const front = line?.front ?? []
      return front.length >= 1 && front.length <= conditions.most && front.every((userId) => !refused.has(userId))
    }),
  ))

test('while somebody on duty has room, nobody else is in front, and nobody waits longer than those in front', () =>
  fc.assert(
    fc.property(guides, terms, (candidates, conditions) => {
      const waited = ({ lastGivenAt }: Candidate) => lastGivenAt?.getTime() ?? 0
      const able = candidates.filter(
        ({ away, refused, onDuty, leaves, today }) =>
          !away && !refused && onDuty && leaves.length === 0 && today < (conditions.dailyCap ?? 99),
      )
      if (able.length === 0) return true
      const front = new Set(lineUp(candidates, conditions)?.front)
      const [inFront, behind] = [able.filter((g) => front.has(g.userId)), able.filter((g) => !front.has(g.userId))]
      return (
        inFront.length === front.size &&
        Math.max(...inFront.map(waited)) <= Math.min(Number.POSITIVE_INFINITY, ...behind.map(waited))
      )
    }),
  ))
