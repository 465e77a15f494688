import { enqueue } from '@zhanggui/server/jobs/enqueue.ts'
import { crons } from '@zhanggui/server/jobs/list.ts'
import { nightlySync } from '@zhanggui/server/sync/nightly.ts'
import { SyncRunPage } from '@zhanggui/shared/sync.ts'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { TILL_KEY } from '../support/env.ts'
import { smallWorld } from '../support/seed.ts'
import { startServerOn, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

const PAGES = 'externalcontact/batch/get_by_user'
const world = smallWorld({
  customers: [{ externalUserId: 'wmAnna', name: '安娜王', gender: 2 }],
  relations: [{ guide: 'LinXiao', customer: 'wmAnna', addedAt: '2025-03-19T15:00:00+08:00', addWay: 1, tags: [] }],
})
const job = { task: nightlySync.name, payload: {}, key: nightlySync.name, priority: 0 }

test('runs in the small hours of Shanghai', () => {
  const [cron] = crons.filter(({ task }) => task === nightlySync)
  const [minute, hour] = (cron?.schedule ?? '').split(' ').map(Number)
  expect(((hour ?? 0) + 8) % 24).toBe(3)
  expect(minute).toBeGreaterThan(0)
})

test('mirrors the corp, and operators read how it went', async () => {
  await using story = await startStory({ simulator: { seed: world } })
  const { server, db } = story
  await enqueue(db, job)
  await until(async () => (await db.selectFrom('syncRun').select('state').execute())[0]?.state === 'complete')
  expect(await db.selectFrom('customer').select(['externalUserId', 'name']).execute()).toEqual([
    { externalUserId: 'wmAnna', name: '安娜王' },
  ])

  const answer = await fetch(`${server.url}/open/v1/sync-runs`, { headers: { authorization: `Bearer ${TILL_KEY}` } })
  const page = Value.Parse(SyncRunPage, await answer.json())
  expect(page.syncRuns).toHaveLength(1)
  expect(page.syncRuns[0]).toMatchObject({
    startedBy: 'nightly',
    state: 'complete',
    parts: ['guides', 'tags', 'customers', 'groups'],
    calls: { [PAGES]: 1 },
    drift: { newRelations: 1 },
    errors: [],
  })
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/zhanggui_sync_last_success_timestamp_seconds\{part="customers"\} \d+/)
  expect(metrics).toContain('zhanggui_sync_drift{part="customers",kind="newRelations"} 1')
})

test('a server that stops leaves it to another one, which goes on', async () => {
  await using story = await startStory({ simulator: { seed: world } })
  const { server, simulator, db, database } = story
  const release = simulator.hold(PAGES)
  await enqueue(db, job)
  await until(async () => simulator.calls.count('externalcontact/get_follow_user_list') > 1)
  const stopping = server.stop()
  release()
  await stopping
  await using other = await startServerOn({ database, simulator })
  await until(async () => (await other.db.selectFrom('syncRun').select('state').execute())[0]?.state === 'complete')
  expect(await other.db.selectFrom('syncRun').select('syncRunId').execute()).toHaveLength(1)
  expect(await other.db.selectFrom('failedJob').select('task').execute()).toEqual([])
})

test('does not keep a welcome waiting', async () => {
  await using story = await startStory({ simulator: { seed: world } })
  const { simulator, db } = story
  const release = simulator.hold(PAGES)
  await enqueue(db, job)
  await until(async () =>
    (await db.selectFrom('syncUnit').select('part').execute()).some(({ part }) => part === 'customers'),
  )
  const { externalUserId, delivered } = await simulator.addFriend({ guide: 'ZhouMin', name: '新朋友' })
  await delivered
  await until(async () => (await db.selectFrom('welcome').select('outcome').execute()).some(({ outcome }) => outcome))
  expect(simulator.messages('ZhouMin', externalUserId).some(({ from }) => from === 'guide')).toBe(true)
  release()
  await until(async () => (await db.selectFrom('syncRun').select('state').execute())[0]?.state === 'complete')
})
