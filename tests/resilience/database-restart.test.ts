import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import { migrate } from '@zhanggui/server/db/migrate.ts'
import { expect, test } from 'vitest'
import { connectCallbacks, startServerOn, startTestSimulator } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'

const FRIENDS = 120

test('the database dies under load and comes back: every friend is kept and answered for, none is welcomed twice', async () => {
  await using folder = await temporaryFolder()
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder.path, 'data') })
  try {
    await migrate(postgres.url)
    const simulator = await startTestSimulator({ callbackTiming: { retryDelayMs: 8_000, timeoutMs: 30_000 } })
    await using server = await startServerOn({
      database: { url: postgres.url, [Symbol.asyncDispose]: async () => {} },
      simulator,
    })
    connectCallbacks(simulator, server.url)

    const friends: Awaited<ReturnType<typeof simulator.addFriend>>[] = []
    for (let count = 0; count < FRIENDS; count += 1) {
      friends.push(await simulator.addFriend({ guide: 'LinXiao' }))
      if (count === FRIENDS / 3) process.kill(await postmaster(folder.path), 'SIGKILL')
      await pause(10) // the load of a busy shop, not a race to be over before the database is gone
    }
    const deliveries = await Promise.all(friends.map(({ delivered }) => delivered))
    expect(deliveries.every((delivery) => delivery?.ok)).toBe(true)
    const refused = simulator.deliveries.filter(({ status }) => status !== 200)
    expect(refused.every(({ status }) => status === 503)).toBe(true)

    await until(async () => {
      const settled = await server.db
        .selectFrom('welcome')
        .select('outcome')
        .where('outcome', 'is not', null)
        .execute()
        .catch(() => [])
      return settled.length === FRIENDS
    }, 60_000)
    const stored = await server.db.selectFrom('callbackInbox').select('digest').execute()
    expect(stored).toHaveLength(FRIENDS)
    // On a slow machine a friend's 20 s may pass while the database is away; then that is what is recorded.
    const outcomes = await server.db.selectFrom('welcome').select(['externalUserId', 'outcome']).execute()
    for (const { externalUserId, outcome } of outcomes) {
      const texts = simulator
        .messages('LinXiao', externalUserId)
        .filter((message) => message.from === 'guide' && message.kind === 'text')
      expect([outcome, texts.length]).toEqual([outcome, outcome === 'expired' ? 0 : 1])
    }
    await simulator.stop()
  } finally {
    await postgres.stop()
  }
}, 180_000)

async function postmaster(folder: string): Promise<number> {
  const lines = await readFile(join(folder, 'data/postgres/postmaster.pid'), 'utf8')
  return Number(lines.split('\n')[0])
}
