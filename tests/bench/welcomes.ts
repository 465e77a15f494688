import { setTimeout as pause } from 'node:timers/promises'
import { startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import pg from 'pg'
import { TILL_KEY, testEnv } from '../support/env.ts'
import { smallWorld } from '../support/seed.ts'
import { until } from '../support/until.ts'
import { startBenchPostgres, startBuiltServer } from './scene.ts'

const FRIENDS = 1_000
const WITHIN_MS = 5_000
const LATENCY_MS = [60, 180] as const

/** 1 000 new friends in 5 s, WeCom answering in 60–180 ms: who is welcomed, how often, how soon. */
export async function benchWelcomes(): Promise<void> {
  const postgres = await startBenchPostgres()
  const simulator = await startSimulator({
    corpId: testEnv.WECOM_CORP_ID,
    agentId: testEnv.WECOM_AGENT_ID,
    agentSecret: testEnv.WECOM_AGENT_SECRET,
    seed: smallWorld(),
    latencyMs: LATENCY_MS,
    concurrencyPerEndpoint: 200,
  })
  const databaseUrl = await postgres.newDatabase()
  const server = await startBuiltServer(databaseUrl, {
    WECOM_API_URL: simulator.url,
    WECOM_OAUTH_URL: simulator.url,
  })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  try {
    simulator.configureCallback({
      url: `${server.url}/callbacks/wecom`,
      token: testEnv.WECOM_CALLBACK_TOKEN,
      aesKey: testEnv.WECOM_CALLBACK_AES_KEY,
    })
    await (await simulator.addFriend({ guide: 'LinXiao' })).delivered // the token is fetched before the crowd comes
    await until(async () => (await settled(pool)) === 1)

    const began = performance.now()
    const friends: { externalUserId: string; guide: string }[] = []
    for (let index = 0; index < FRIENDS; index += 1) {
      const guide = index % 2 === 0 ? 'LinXiao' : 'ZhouMin'
      const wait = began + (index * WITHIN_MS) / FRIENDS - performance.now()
      if (wait > 1) await pause(wait)
      friends.push({ guide, externalUserId: (await simulator.addFriend({ guide })).externalUserId })
    }
    const seconds = (performance.now() - began) / 1000
    await until(async () => (await settled(pool)) === FRIENDS + 1, 60_000)

    const texts = friends.map(
      ({ guide, externalUserId }) =>
        simulator.messages(guide, externalUserId).filter(({ from, kind }) => from === 'guide' && kind === 'text')
          .length,
    )
    const day = 86_400_000
    const period = `from=${new Date(Date.now() - day).toISOString()}&to=${new Date(Date.now() + day).toISOString()}`
    const answer = await fetch(`${server.url}/open/v1/reports/welcomes?${period}`, {
      headers: { authorization: `Bearer ${TILL_KEY}` },
    })
    console.log(
      `  ${FRIENDS} friends in ${seconds.toFixed(1)} s, WeCom ${LATENCY_MS.join('–')} ms; report: ${await answer.text()}`,
    )
    console.log(
      `welcomes: ${texts.filter((count) => count >= 1).length} of ${FRIENDS} welcomed, ${texts.filter((count) => count > 1).length} twice (wanted: all, none, p99 < 2000 ms)`,
    )
  } finally {
    await pool.end()
    await server.stop()
    await simulator.stop()
    await postgres.stop()
  }
}

async function settled(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from welcome where outcome is not null',
  )
  return rows[0]?.count ?? 0
}
