import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { DAY_MS, startHandoverStory } from './handover-story.ts'

const OLD = '2026-01-02T10:00:00+08:00'
const groups = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    chatId: `wr${index}`,
    name: `老友群${index}`,
    owner: 'LinXiao',
    createdAt: OLD,
    members: [
      { id: 'LinXiao', joinedAt: OLD, joinScene: 1 as const },
      { id: 'wm000', joinedAt: OLD, joinScene: 3 as const },
    ],
  }))

test('whom a leaver left behind is found at WeCom, and moves when WeCom says so', async () => {
  await using story = await startHandoverStory(3)
  const { simulator, clock } = story
  await (await simulator.leaveCorp({ userId: 'LinXiao' })).delivered
  await story.settled()
  // Nobody befriended since is anybody's to hand over.
  await (await simulator.addFriend({ guide: 'ZhouMin', customer: 'wm001' })).delivered
  const handoverId = await story.handOver({ kind: 'resigned' })
  expect(await story.status(handoverId)).toMatchObject({ kind: 'resigned', counts: { waiting: 3 } })
  simulator.setDelivery({ drop: 1 })
  clock.advance(DAY_MS)
  await simulator.settleDueTransfers()
  await story.follow()
  expect(await story.status(handoverId)).toMatchObject({ state: 'finished', counts: { done: 3 } })
  expect(await Promise.all(['wm000', 'wm001', 'wm002'].map(story.owner))).toEqual(['ZhouMin', 'ZhouMin', 'ZhouMin'])
  const { relations } = (await story.api.get('/customers/wm000')).json()
  expect(relations).toMatchObject([{ userId: 'LinXiao', endedBy: 'transfer' }])
})

test('the new friend appearing is reason enough to ask', async () => {
  await using story = await startHandoverStory(1)
  const { simulator, clock } = story
  await (await simulator.leaveCorp({ userId: 'LinXiao' })).delivered
  const handoverId = await story.handOver({ kind: 'resigned' })
  await story.follow()
  clock.advance(60_000)
  await (await simulator.settleTransfer({ guide: 'ZhouMin', customer: 'wm000', outcome: 'done' })).delivered
  await story.settled()
  await story.follow()
  expect(await story.status(handoverId)).toMatchObject({ state: 'finished', customers: [{ state: 'done' }] })
})

test('a guide who is still there is not handed over as a leaver', async () => {
  await using story = await startHandoverStory(1)
  const handoverId = await story.handOver({ kind: 'resigned', externalUserIds: ['wm000'] })
  expect((await story.status(handoverId)).customers).toMatchObject([
    { state: 'failed', reason: 'giver_has_not_resigned', errcode: 40097 },
  ])
})

test('groups go along, and are read again under their new owner', async () => {
  await using story = await startHandoverStory(1, { groups: groups(2) })
  const handoverId = await story.handOver({ groups: true })
  const status = await story.status(handoverId)
  expect(status.groups).toEqual([
    { chatId: 'wr0', state: 'done', endedAt: expect.any(String) },
    { chatId: 'wr1', state: 'done', endedAt: expect.any(String) },
  ])
  expect(status.state).toBe('running')
  expect(story.simulator.calls.count('externalcontact/groupchat/onjob_transfer')).toBe(1)
  expect(
    await story.db.selectFrom('customerGroup').select(['chatId', 'ownerUserId']).orderBy('chatId').execute(),
  ).toEqual([
    { chatId: 'wr0', ownerUserId: 'ZhouMin' },
    { chatId: 'wr1', ownerUserId: 'ZhouMin' },
  ])
})

test('more groups than a day allows wait for the next day; a leaver’s go by their own call', async () => {
  await using story = await startHandoverStory(1, { groups: groups(4) })
  const { simulator, clock, server } = story
  simulator.setLimits({ groupsTakenPerDay: 3 })
  await (await simulator.leaveCorp({ userId: 'LinXiao' })).delivered
  const handoverId = await story.handOver({ kind: 'resigned', groups: true })
  const states = async () => (await story.status(handoverId)).groups?.map(({ state }) => state)
  expect(await states()).toEqual(['done', 'done', 'done', 'queued'])

  const { rows } = await server.deps.pool.query<{ hours: number }>(
    `select extract(epoch from run_at - now()) / 3600 as hours from graphile_worker.jobs
     where task_identifier = 'work_handover'`,
  )
  expect(rows).toHaveLength(1)
  expect(Number(rows[0]?.hours)).toBeLessThan(24.1)
  clock.advance(DAY_MS)
  await server.deps.pool.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where task_identifier = 'work_handover'), run_at := now())`,
  )
  await until(async () => (await states())?.[3] === 'done')
  expect(simulator.calls.count('externalcontact/groupchat/transfer')).toBe(2)
})
