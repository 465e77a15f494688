import { expect, test } from 'vitest'
import { held, told } from './mirrored.ts'
import { syncScene } from './sync-scene.ts'

const PAGES = 'externalcontact/batch/get_by_user'

/** Nobody waits for WeCom's windows here: they open as soon as somebody asks. */
const impatient = async () => {}

test('calls over the concurrency limit and busy answers are survived', async () => {
  await using scene = await syncScene({
    behaviour: {
      latencyMs: [1, 5],
      concurrency: { '*': 2 },
      failures: [{ endpoint: PAGES, errcode: -1, rate: 0.2 }],
    },
  })
  expect(await scene.sync({ wait: impatient })).toMatchObject({ state: 'complete' })
  const counted = scene.corp.calls()[PAGES]
  expect(counted?.errcodes[-1]).toBeGreaterThan(0)
  expect(await held(scene.db)).toEqual(told(scene.corp))
})

test('a closed window is waited out', async () => {
  // Time passes by itself, and by waiting.
  let waited = 0
  const clock = { now: () => new Date(Date.now() + waited) }
  await using scene = await syncScene({ clock, behaviour: { rules: [{ windowMs: 60_000, calls: 12 }] } })
  const paused: string[] = []
  await scene.sync({
    parts: ['customers'],
    rules: [{ windowMs: 60_000, calls: 1_000 }],
    onPause: (endpoint) => paused.push(endpoint),
    wait: async (ms) => {
      waited += ms
    },
  })
  expect(paused).toContain(PAGES)
  expect(scene.corp.calls()[PAGES]?.errcodes[45009]).toBeGreaterThan(0)
  expect(waited).toBeGreaterThanOrEqual(60_000)
  expect(await held(scene.db)).toEqual(told(scene.corp))
})

test('who keeps count is never refused', async () => {
  let waited = 0
  const clock = { now: () => new Date(Date.now() + waited) }
  const rules = [{ windowMs: 60_000, calls: 12 }]
  await using scene = await syncScene({ clock, behaviour: { rules } })
  await scene.sync({
    parts: ['customers'],
    rules,
    wait: async (ms) => {
      waited += ms
    },
  })
  expect(scene.corp.calls()[PAGES]?.errcodes).toEqual({ 0: scene.corp.calls()[PAGES]?.calls })
  expect(await held(scene.db)).toEqual(told(scene.corp))
})
