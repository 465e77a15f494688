import { randomBytes } from 'node:crypto'
import { encrypt } from '@zhanggui/wecom-simulator/callbacks/crypto.ts'
import { sign } from '@zhanggui/wecom-simulator/callbacks/seal.ts'
import autocannon from 'autocannon'
import pg from 'pg'
import { testEnv } from '../support/env.ts'
import { type BenchProcess, startBenchPostgres, startBuiltServer, startScript } from './scene.ts'

const ROUNDS = 3
const WARM_UP_S = 2
const SECONDS = 6
/** Few callers wait on each other's commits; many fill the machine. Both are told, the second is the throughput. */
const CONNECTIONS = [64, 256]
const keys = { url: '', token: testEnv.WECOM_CALLBACK_TOKEN, aesKey: testEnv.WECOM_CALLBACK_AES_KEY }

/**
 * Durable callbacks per second, as a ratio to the floor: the same callbacks, the same Postgres, the same load, taking
 * turns. Each is a new friend: verified, decrypted, parsed, stored with its two jobs in one commit, then answered.
 */
export async function benchCallbacks(): Promise<void> {
  const postgres = await startBenchPostgres()
  try {
    for (const connections of CONNECTIONS) {
      const ratios: number[] = []
      for (let round = 1; round <= ROUNDS; round += 1) {
        const floor = await measure(await postgres.newDatabase(), '/', 'floor', connections, (url) =>
          startScript('floor-server.js', [url, keys.token, keys.aesKey]),
        )
        const product = await measure(
          await postgres.newDatabase(),
          '/callbacks/wecom',
          'callback_inbox',
          connections,
          (url) => startBuiltServer(url, { ROLE: 'web' }),
        )
        const ratio = product.perSecond / floor.perSecond
        ratios.push(ratio)
        console.log(`  round ${round}: floor ${line(floor)} · product ${line(product)} · ratio ${ratio.toFixed(2)}`)
      }
      const [median = 0] = ratios.sort((a, b) => a - b).slice(Math.floor(ROUNDS / 2))
      console.log(
        `durable callbacks, ${connections} connections: ${median.toFixed(2)} of the floor (median of ${ROUNDS}; wanted ≥ 0.5, aim 0.8)`,
      )
    }
  } finally {
    await postgres.stop()
  }
}

interface Measured {
  perSecond: number
  p50: number
  p99: number
}

function line({ perSecond, p50, p99 }: Measured): string {
  return `${Math.round(perSecond)}/s (p50 ${p50} ms, p99 ${p99} ms)`
}

async function measure(
  databaseUrl: string,
  path: string,
  table: string,
  connections: number,
  start: (databaseUrl: string) => Promise<BenchProcess>,
): Promise<Measured> {
  const process = await start(databaseUrl)
  try {
    const warmUp = await fire(process.url + path, connections, WARM_UP_S)
    const measured = await fire(process.url + path, connections, SECONDS)
    const stored = await count(databaseUrl, table)
    // A callback may be committed whose answer came after the last bell; none may be answered and not be there.
    if (stored < warmUp.answered + measured.answered)
      throw new Error(`${stored} callbacks stored, ${warmUp.answered + measured.answered} answered`)
    return { perSecond: measured.answered / measured.seconds, p50: measured.p50, p99: measured.p99 }
  } finally {
    await process.stop()
  }
}

interface Sealed {
  query: string
  body: string
}

/** Every request is another friend, sealed as it goes: the same work for whoever is measured. */
async function fire(url: string, connections: number, seconds: number) {
  const { pathname } = new URL(url)
  const result = await autocannon({
    url,
    method: 'POST',
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest: (request) => {
          const { query, body } = sealFriend()
          return { ...request, path: `${pathname}?${query}`, body }
        },
      },
    ],
    headers: { 'content-type': 'text/xml' },
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`)
  return { answered: result['2xx'], seconds: result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

function sealFriend(): Sealed {
  const now = new Date()
  const id = randomBytes(12).toString('hex')
  const xml = `<xml><ToUserName><![CDATA[${testEnv.WECOM_CORP_ID}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>${Math.floor(now.getTime() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType><UserID><![CDATA[LinXiao]]></UserID><ExternalUserID><![CDATA[wm${id}]]></ExternalUserID><State><![CDATA[poster12]]></State><WelcomeCode><![CDATA[${id}${id}]]></WelcomeCode></xml>`
  const ciphertext = encrypt(keys.aesKey, testEnv.WECOM_CORP_ID, xml)
  return {
    query: new URLSearchParams({ ...sign(keys, ciphertext, now) }).toString(),
    body: `<xml><ToUserName><![CDATA[${testEnv.WECOM_CORP_ID}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[${ciphertext}]]></Encrypt></xml>`,
  }
}

async function count(databaseUrl: string, table: string): Promise<number> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  await client.end()
  return rows[0]?.count ?? 0
}
