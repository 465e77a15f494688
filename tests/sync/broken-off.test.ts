import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { findRunReport } from '@zhanggui/server/sync/reports.repository.ts'
import { expect, test } from 'vitest'
import { repository } from '../support/repository.ts'
import { until } from '../support/until.ts'
import { held, told } from './mirrored.ts'
import { SMALL, type SyncScene, syncScene } from './sync-scene.ts'

const PAGES = 'externalcontact/batch/get_by_user'
const RELATIONS = SMALL.guides * SMALL.customersPerGuide

function pagesRead({ corp }: SyncScene): number {
  return corp.calls()[PAGES]?.calls ?? 0
}

/** Stops when so many pages have been asked for. */
async function stopAfter(scene: SyncScene, pages: number): Promise<unknown> {
  const stop = new AbortController()
  const before = pagesRead(scene)
  return scene
    .sync({
      resumeWithinMs: 0,
      signal: stop.signal,
      onProgress: () => {
        if (pagesRead(scene) - before >= pages) stop.abort()
      },
    })
    .catch((error: unknown) => error)
}

test('a run that is stopped ends nothing, and the next one goes on from there', async () => {
  await using scene = await syncScene({ corp: { changeShare: 0.1 } })
  const { corp, db } = scene
  await scene.sync()
  const plan = pagesRead(scene)
  corp.setGeneration(1)
  corp.resetCalls()
  expect(await stopAfter(scene, 10)).toMatchObject({ name: 'SyncInterrupted' })
  expect(await db.selectFrom('followRelation').select('endedBy').where('endedAt', 'is not', null).execute()).toEqual([])

  const { resumed, state, syncRunId } = await scene.sync()
  expect({ resumed, state }).toEqual({ resumed: true, state: 'complete' })
  expect(pagesRead(scene)).toBeLessThanOrEqual(plan + 2)
  expect(await held(db)).toEqual(told(corp))
  const report = await findRunReport(db, syncRunId, scene.deps.clock.now())
  expect(report?.byPart.customers).toMatchObject({ read: RELATIONS, ended: corp.corp.changes.ended })
})

test('--full does not go on with what was interrupted', async () => {
  await using scene = await syncScene()
  await stopAfter(scene, 5)
  const { resumed } = await scene.sync({ resumeWithinMs: 0 })
  expect(resumed).toBe(false)
  const states = await scene.db.selectFrom('syncRun').select('state').orderBy('syncRunId').execute()
  expect(states.map(({ state }) => state)).toEqual(['superseded', 'complete'])
  expect(await scene.db.selectFrom('syncUnit').select('syncUnitId').execute()).toEqual([])
})

test('an interrupted run that is older than allowed is not gone on with', async () => {
  await using scene = await syncScene()
  await stopAfter(scene, 5)
  await scene.db
    .updateTable('syncRun')
    .set({ startedAt: new Date(Date.now() - 25 * 3_600_000) })
    .execute()
  expect(await scene.sync()).toMatchObject({ resumed: false, state: 'complete' })
})

test('after kill -9 the next run repeats at most a page of each open unit', async () => {
  await using scene = await syncScene({ behaviour: { latencyMs: [60, 60] }, corp: { changeShare: 0.1 } })
  const { corp, db } = scene
  await scene.sync()
  corp.setGeneration(1)
  corp.resetCalls()
  await scene.sync({ resumeWithinMs: 0 })
  const uninterrupted = pagesRead(scene)
  corp.setGeneration(2)
  corp.resetCalls()

  const child = command(scene, ['--full'])
  await until(async () => pagesRead(scene) >= uninterrupted / 2)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const open = await db
    .selectFrom('syncUnit')
    .select('syncUnitId')
    .where('part', '=', 'customers')
    .where('beganAt', 'is not', null)
    .where('finishedAt', 'is', null)
    .execute()
  expect(open.length).toBeGreaterThan(0)
  expect(await db.selectFrom('syncRun').select('state').orderBy('syncRunId', 'desc').executeTakeFirst()).toEqual({
    state: 'running',
  })

  // The lock goes with the process, so nobody has to wait or to clear anything.
  const again = command(scene, [])
  const [code] = await once(again, 'exit')
  expect(code).toBe(0)
  expect(pagesRead(scene)).toBeLessThanOrEqual(uninterrupted + open.length)
  expect(await held(db)).toEqual(told(corp))
})

test('Ctrl-C stops the command in order and says how to go on', async () => {
  await using scene = await syncScene({ behaviour: { latencyMs: [200, 200] } })
  const child = command(scene, ['customers'])
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words += chunk
  })
  await until(async () => pagesRead(scene) >= 5)
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(words).toContain('run it again to go on from here')
  expect(await scene.db.selectFrom('syncRun').select('state').execute()).toEqual([{ state: 'interrupted' }])
})

test('a second sync is refused while one is running', async () => {
  await using scene = await syncScene()
  const first = scene.sync()
  await until(async () => (await scene.db.selectFrom('syncRun').select('state').execute()).length > 0)
  await expect(scene.sync()).rejects.toMatchObject({ name: 'SyncRunningError' })
  await first
})

test('a cursor that WeCom no longer takes starts its unit again, and only that', async () => {
  await using scene = await syncScene()
  await stopAfter(scene, 10)
  const kept = await scene.db
    .selectFrom('syncUnit')
    .select(['syncUnitId', 'cursor'])
    .where('part', '=', 'customers')
    .where('cursor', 'is not', null)
    .where('finishedAt', 'is', null)
    .execute()
  const [stale] = kept
  expect(stale).toBeDefined()
  await scene.db
    .updateTable('syncUnit')
    .set({ cursor: 'no cursor at all' })
    .where('syncUnitId', '=', stale?.syncUnitId ?? 0)
    .execute()
  expect(await scene.sync()).toMatchObject({ resumed: true, state: 'complete' })
  expect(scene.corp.calls()[PAGES]?.errcodes).toMatchObject({ 50100: 1 })
  expect(await held(scene.db)).toEqual(told(scene.corp))
})

/** `npm run sync`, without npm. */
function command({ env }: SyncScene, args: string[]) {
  return spawn(
    process.execPath,
    ['--conditions=development', '--import', 'tsx', join(repository, 'server/src/sync/main.ts'), ...args],
    { cwd: repository, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
}
