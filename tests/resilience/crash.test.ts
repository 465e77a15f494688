import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { connectCallbacks, longWindow, startTestSimulator } from '../support/server.ts'
import { startServerProcess } from '../support/server-process.ts'
import { until } from '../support/until.ts'

// Each test starts two or three whole processes.
vi.setConfig({ testTimeout: 300_000 })

const SEND = 'externalcontact/send_welcome_msg'

async function scene() {
  const database = await createTestDatabase()
  const simulator = await startTestSimulator({ now: longWindow() })
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  return {
    database,
    simulator,
    outcomes: async () =>
      (await pool.query<{ outcome: string | null }>('select outcome from welcome')).rows.map((row) => row.outcome),
    async [Symbol.asyncDispose]() {
      await simulator.stop()
      await pool.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('a server killed after its 200 and before the job: the friend is welcomed by the next one', async () => {
  await using here = await scene()
  const { database, simulator, outcomes } = here
  await using web = await startServerProcess(database.url, simulator, { ROLE: 'web' })
  connectCallbacks(simulator, web.url)
  const { delivered } = await simulator.addFriend({ guide: 'LinXiao' })
  expect((await delivered)?.ok).toBe(true)
  await web.kill()
  expect(simulator.calls.count(SEND)).toBe(0)
  await using _next = await startServerProcess(database.url, simulator)
  await until(async () => (await outcomes())[0] === 'sent')
  expect(simulator.calls.count(SEND, 0)).toBe(1)
})

test('a server killed in the middle of the welcome: the next one takes the job over, and nobody is welcomed twice', async () => {
  await using here = await scene()
  const { database, simulator, outcomes } = here
  await using first = await startServerProcess(database.url, simulator)
  connectCallbacks(simulator, first.url)
  await (await simulator.addFriend({ guide: 'LinXiao', name: '第一位' })).delivered
  await until(async () => (await outcomes())[0] === 'sent') // token and guide are known now

  simulator.setLatency([1500, 1500])
  const { externalUserId } = await simulator.addFriend({ guide: 'LinXiao', name: '第二位' })
  await until(async () => (await outcomes()).includes(null)) // taken on, WeCom not yet done
  await pause(200)
  await first.kill()
  simulator.setLatency([0, 0])
  await using _next = await startServerProcess(database.url, simulator)
  await until(async () => (await outcomes()).every((outcome) => outcome === 'sent' || outcome === 'raced'))
  const texts = simulator
    .messages('LinXiao', externalUserId)
    .filter((message) => message.from === 'guide' && message.kind === 'text')
  expect(texts).toHaveLength(1)
})

test('SIGTERM ends the server in order, with what it had begun done', async () => {
  await using here = await scene()
  const { database, simulator, outcomes } = here
  await using server = await startServerProcess(database.url, simulator)
  connectCallbacks(simulator, server.url)
  simulator.setLatency([300, 300])
  await (await simulator.addFriend({ guide: 'LinXiao' })).delivered
  await until(async () => (await outcomes()).length === 1)
  expect(await server.stop()).toBe(0)
  expect(await outcomes()).toEqual(['sent'])
})

test('a server that has only taken callbacks ends as promptly', async () => {
  await using here = await scene()
  const { database, simulator } = here
  await using web = await startServerProcess(database.url, simulator, { ROLE: 'web' })
  connectCallbacks(simulator, web.url)
  await (await simulator.addFriend({ guide: 'LinXiao' })).delivered
  // An idle database connection would keep the process for its 30 s.
  const ended = await Promise.race([web.stop(), pause(25_000, 'still running')])
  expect(ended).toBe(0)
})
