import type { PartName } from '@zhanggui/server/sync/part-names.ts'
import { findRunReport } from '@zhanggui/server/sync/reports.repository.ts'
import { runSync } from '@zhanggui/server/sync/run-sync.ts'
import type { MemberSeed, WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { expect, test } from 'vitest'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

const PAGES = 'externalcontact/batch/get_by_user'
const LONG_AGO = '2025-03-19T15:00:00+08:00'

/** Guides with so many friends each: G0 has wm0-0, wm0-1 and so on. */
function corpOf(friends: number[], over: Partial<WorldSeed> = {}): WorldSeed {
  const members: MemberSeed[] = friends.map((_, guide) => ({
    userId: `G${guide}`,
    name: `导购${guide}`,
    departmentIds: [2],
    follows: true,
  }))
  const pairs = friends.flatMap((count, guide) =>
    Array.from({ length: count }, (_, index) => ({ guide: `G${guide}`, customer: `wm${guide}-${index}` })),
  )
  return smallWorld({
    members,
    customers: pairs.map(({ customer }) => ({ externalUserId: customer, name: customer, gender: 0 })),
    relations: pairs.map((pair) => ({ ...pair, addedAt: LONG_AGO, addWay: 1, tags: [] })),
    ...over,
  })
}

async function sync({ server }: Story, parts: readonly PartName[] = ['customers'], onProgress: () => void = () => {}) {
  const { syncRunId, state } = await runSync(server.deps, {
    parts,
    startedBy: 'command',
    resumeWithinMs: 86_400_000,
    atOnce: 4,
    signal: new AbortController().signal,
    onProgress,
  })
  const report = await findRunReport(server.db, syncRunId, server.deps.clock.now())
  if (!report) throw new Error('the run left no report')
  return { state, report }
}

function relations({ db }: Story) {
  return db
    .selectFrom('followRelation')
    .select(['guideUserId', 'externalUserId', 'endedBy'])
    .orderBy('guideUserId')
    .orderBy('externalUserId')
    .execute()
}

async function liveOnes(story: Story): Promise<string[]> {
  const rows = await relations(story)
  return rows.filter(({ endedBy }) => endedBy === null).map((row) => `${row.guideUserId} ${row.externalUserId}`)
}

test('a friendship whose end nobody told of is found missing, marked and kept', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2]) } })
  await sync(story)
  expect(await liveOnes(story)).toHaveLength(5)
  story.simulator.setDelivery({ drop: 1 })
  await (await story.simulator.deleteByGuide({ guide: 'G0', customer: 'wm0-1' })).delivered
  const { report } = await sync(story)
  expect(report).toMatchObject({ state: 'complete', rows: { ended: 1 }, drift: { missingRelations: 1 } })
  expect((await relations(story)).filter(({ endedBy }) => endedBy)).toEqual([
    { guideUserId: 'G0', externalUserId: 'wm0-1', endedBy: 'missing' },
  ])
  const history = await story.db
    .selectFrom('followHistory')
    .select(['what', 'endedBy'])
    .where('externalUserId', '=', 'wm0-1')
    .orderBy('at')
    .execute()
  expect(history).toEqual([
    { what: 'started', endedBy: null },
    { what: 'ended', endedBy: 'missing' },
  ])
})

test.for([
  { heard: 'and mirrored by the callback', mirrored: true },
  { heard: 'known from the callback alone', mirrored: false },
])('a friend made after the page was read, $heard, is not ended', async ({ mirrored }) => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2]) } })
  const { simulator, db } = story
  await sync(story)
  // The customers have been read, and the run is not over.
  const release = simulator.hold('externalcontact/groupchat/list')
  const running = sync(story, ['customers', 'groups'])
  await until(async () => {
    const units = await db.selectFrom('syncUnit').select('finishedAt').where('part', '=', 'customers').execute()
    return units.length > 0 && units.every(({ finishedAt }) => finishedAt)
  })
  // The welcome and the mirror may share one question, so it is refused for as long as they ask.
  if (!mirrored) simulator.refuse('externalcontact/get', 40096)
  const { externalUserId, delivered } = await simulator.addFriend({ guide: 'G1', name: '新朋友' })
  await delivered
  await story.settled()
  simulator.refuse('externalcontact/get', 0)
  release()
  const { report } = await running
  expect(report.rows.ended).toBe(0)
  expect(await liveOnes(story)).toContain(`G1 ${externalUserId}`)
})

test('of a friend too new to be certain WeCom is asked first', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2]) } })
  const { simulator } = story
  await sync(story)
  const { externalUserId, delivered } = await simulator.addFriend({ guide: 'G1', name: '新朋友' })
  await delivered
  await story.settled()
  simulator.setDelivery({ drop: 1 })
  await (await simulator.deleteByGuide({ guide: 'G1', customer: externalUserId })).delivered
  const asked = simulator.calls.count('externalcontact/get')
  const { report } = await sync(story)
  expect(simulator.calls.count('externalcontact/get')).toBe(asked + 1)
  expect(report.rows.ended).toBe(1)
  expect(await liveOnes(story)).not.toContain(`G1 ${externalUserId}`)
})

test('whoever slipped past a page that moved up is asked about, not ended', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([250]) } })
  const { simulator } = story
  await sync(story)
  const friends = simulator.world.relations.get('G0')?.keys() ?? []
  const [first, second] = [...friends]
  if (!first || !second) throw new Error('the guide has friends')
  // Somebody of the first page leaves before the second is read: its first row is now on the first page.
  const holds: (() => void)[] = []
  const running = sync(story, ['customers'], () => {
    if (holds.length === 0) holds.push(simulator.hold(PAGES))
  })
  await until(async () => holds.length > 0)
  await (await simulator.deleteByGuide({ guide: 'G0', customer: first })).delivered
  await story.settled()
  for (const release of holds) release()
  const { report } = await running
  expect(report.rows.read).toBe(249)
  expect(await liveOnes(story)).toHaveLength(249)
})

test('a guide out of reach is found, reported and left alone; the others are read', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2, 2, 4, 1]) } })
  const { simulator } = story
  await sync(story)
  // Still listed when the run is planned, and refused when asked about.
  const release = simulator.hold(PAGES)
  const running = sync(story)
  await until(async () => (await story.db.selectFrom('syncUnit').select('beganAt').execute()).length > 0)
  const lost = simulator.world.members.get('g3')
  if (!lost) throw new Error('there is a G3')
  lost.follows = false
  release()
  const { report, state } = await running
  expect(state).toBe('complete')
  expect(report.errors.map(({ subject }) => subject)).toEqual(['G3'])
  expect(report.rows).toMatchObject({ read: 8, ended: 0 })
  expect(await liveOnes(story)).toHaveLength(12)
})

test('a part that could not be read ends nothing, and the report says so', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2]) } })
  const { simulator } = story
  await sync(story)
  simulator.setDelivery({ drop: 1 })
  await (await simulator.deleteByGuide({ guide: 'G0', customer: 'wm0-1' })).delivered
  simulator.failNext(PAGES, 40058)
  const { report, state } = await sync(story)
  expect(state).toBe('incomplete')
  expect(report).toMatchObject({ state: 'incomplete', rows: { ended: 0 }, errorCount: 1 })
  expect(await liveOnes(story)).toHaveLength(5)
  // Running it again reads what was left and only then ends anybody.
  expect(await sync(story)).toMatchObject({ state: 'complete', report: { rows: { ended: 1 } } })
})

test('what an admin must mend ends the run at once', async () => {
  await using story = await startStory({ simulator: { seed: corpOf([3, 2]) } })
  story.simulator.setCustomerContact(false)
  await expect(sync(story)).rejects.toMatchObject({ errcode: 48002 })
  story.simulator.setCustomerContact(true)
  expect(await sync(story)).toMatchObject({ state: 'complete' })
})
