import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { smallWorld } from '../support/seed.ts'
import { CALLBACK, jobsSettled, longWindow, startServerOn, startTestSimulator } from '../support/server.ts'
import { until } from '../support/until.ts'

const SEND = 'externalcontact/send_welcome_msg'
const PEOPLE = 20

test('two servers on one database, each told of every friend: one welcome each, one token', async () => {
  await using database = await createTestDatabase()
  const customers = Array.from({ length: PEOPLE }, (_, index) => ({
    externalUserId: `wm${index}`,
    name: `顾客${index}`,
    gender: 0 as const,
  }))
  const now = longWindow()
  const simulator = await startTestSimulator({ seed: smallWorld({ customers }), now })
  await using one = await startServerOn({ database, simulator })
  await using two = await startServerOn({ database, simulator })

  const codes = await Promise.all(
    customers.map(async ({ externalUserId }) => {
      const { welcomeCode } = await simulator.addFriend({ guide: 'LinXiao', customer: externalUserId })
      return { externalUserId, welcomeCode }
    }),
  )
  simulator.configureCallback({ url: `${one.url}/callbacks/wecom`, ...CALLBACK })
  const at = Math.floor(now().getTime() / 1000)
  await Promise.all(
    codes.flatMap(({ externalUserId, welcomeCode }) =>
      [one, two].map(async (server) => {
        const sealed = simulator.seal({
          Event: 'change_external_contact',
          ChangeType: 'add_external_contact',
          UserID: 'LinXiao',
          ExternalUserID: externalUserId,
          WelcomeCode: welcomeCode,
          CreateTime: String(at),
        })
        // A busy server may say 503; then WeCom tells it again.
        await until(async () => {
          const { status } = await simulator.sendRaw({ ...sealed, url: `${server.url}/callbacks/wecom` })
          expect([200, 503]).toContain(status)
          return status === 200
        })
      }),
    ),
  )
  await jobsSettled(one.deps.pool)
  expect(simulator.calls.count(SEND)).toBe(PEOPLE)
  expect(simulator.calls.count('gettoken')).toBe(1)
  const outcomes = await one.db.selectFrom('welcome').select('outcome').execute()
  expect(outcomes).toEqual(Array(PEOPLE).fill({ outcome: 'sent' }))
  await simulator.stop()
})

test('ROLE splits the work: the web server answers, the worker welcomes', async () => {
  await using database = await createTestDatabase()
  const simulator = await startTestSimulator({ now: longWindow() })
  await using web = await startServerOn({ database, simulator, role: 'web' })
  simulator.configureCallback({ url: `${web.url}/callbacks/wecom`, ...CALLBACK })
  await (await simulator.addFriend({ guide: 'LinXiao' })).delivered
  expect(simulator.calls.count(SEND)).toBe(0)
  await using worker = await startServerOn({ database, simulator, role: 'worker' })
  await jobsSettled(worker.deps.pool)
  expect(simulator.calls.count(SEND, 0)).toBe(1)
  await simulator.stop()
})
