import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createDataCipher } from '@zhanggui/server/data-cipher.ts'
import { createDigest, relationRecord } from '@zhanggui/wecom-simulator/reference-corp/digest.ts'
import pg from 'pg'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'
import { startBenchPostgres } from './scene.ts'

const LATENCY_MS = 50
const REFERENCE_RELATIONS = 600_000
const PER_GUIDE = 300
const ROWS_PER_PAGE = 100
/** doc 90312 */
const CALLS_PER_MINUTE = 10_000
const PAGE_ENDPOINT = 'externalcontact/batch/get_by_user'
const MEMORY_LIMIT_MB = 512

/**
 * The whole corp read by the built command, WeCom answering in 50 ms: the first time, again with 1 % changed, and once
 * more killed halfway. `--relations=60000` (or BENCH_RELATIONS) makes the corp smaller, all else in proportion.
 */
export async function benchSync(): Promise<void> {
  const size = sizeOf(relationsWanted())
  const postgres = await startBenchPostgres()
  const corp = await startCorp(size)
  try {
    const databaseUrl = await postgres.newDatabase()
    const scene: Scene = { corp, databaseUrl, size }
    console.log(`  ${size.relations} relations of ${size.guides} guides, WeCom ${LATENCY_MS} ms`)
    await measure('first', scene)
    await corp.move(1)
    const pages = await measure('1 % changed', scene)
    await corp.move(2)
    await measureKilled(scene, pages)
  } finally {
    await corp.stop()
    await postgres.stop()
  }
}

function relationsWanted(): number {
  const given = process.argv.find((arg) => arg.startsWith('--relations='))?.split('=')[1] ?? process.env.BENCH_RELATIONS
  const wanted = given === undefined ? REFERENCE_RELATIONS : Number(given)
  if (!Number.isInteger(wanted) || wanted < 3_000)
    throw new Error('--relations must be a whole number of at least 3000')
  return wanted
}

/** The reference corp (2 000 guides, 600 counters, 1 300 groups, 3 000 tags), or the same made smaller. */
function sizeOf(relations: number) {
  const share = relations / REFERENCE_RELATIONS
  const part = (whole: number, least: number) => Math.max(least, Math.round(whole * share))
  const guides = Math.round(relations / PER_GUIDE)
  return {
    relations: guides * PER_GUIDE,
    guides,
    bigGuides: part(5, relations >= 60_000 ? 1 : 0),
    groups: part(1_300, 5),
    tags: part(3_000, 50),
    tagGroups: part(150, 5),
    departments: part(600, 5),
    crowdFollowers: Math.min(600, Math.floor(guides / 2)),
  }
}

type Size = ReturnType<typeof sizeOf>

/** Without a call wasted; each department is a call, and each group. */
function leastCalls({ relations, guides, groups, departments }: Size): number {
  const directory = departments + 2
  const tags = 1
  return directory + tags + Math.ceil(relations / ROWS_PER_PAGE) + Math.ceil(guides / 100) + groups
}

interface Scene {
  corp: Corp
  databaseUrl: string
  size: Size
}

/** Gives how many pages of relations were asked for. */
async function measure(name: string, scene: Scene): Promise<number> {
  const { corp, size } = scene
  await corp.forgetCalls()
  const began = performance.now()
  const sync = startSync(scene, ['--full'])
  await sync.ended
  const seconds = (performance.now() - began) / 1000
  const calls = await corp.calls()
  console.log(`  ${name}: ${summary(calls, size, seconds, sync.peakMb())}`)
  console.log(`    ${await verdict(scene)}`)
  return calls[PAGE_ENDPOINT]?.calls ?? 0
}

function summary(calls: Calls, size: Size, seconds: number, peakMb: number): string {
  const made = callsMade(calls)
  const least = leastCalls(size)
  const bound = (least / CALLS_PER_MINUTE) * 60
  return [
    `${seconds.toFixed(1)} s (call limit alone: ${bound.toFixed(1)} s, ${(seconds / bound).toFixed(1)}×)`,
    `${Math.round(size.relations / seconds)} rows/s`,
    `${made} calls, ${(made / least).toFixed(3)} of the least possible (wanted ≤ 1.1)`,
    `peak ${peakMb} MB (wanted ≤ ${MEMORY_LIMIT_MB})`,
  ].join(' · ')
}

/** `pages`: what an uninterrupted run asks for. */
async function measureKilled(scene: Scene, pages: number): Promise<void> {
  const { corp, size } = scene
  await corp.forgetCalls()
  const first = startSync(scene, ['--full'])
  while (((await corp.calls())[PAGE_ENDPOINT]?.calls ?? 0) < pages / 2) {
    if (first.hasEnded()) throw new Error('the sync ended before it was killed')
    await pause(20)
  }
  await first.kill()
  const began = performance.now()
  const second = startSync(scene, [])
  await second.ended
  const seconds = (performance.now() - began) / 1000
  const calls = await corp.calls()
  const repeated = (calls[PAGE_ENDPOINT]?.calls ?? 0) - pages
  console.log(
    `  killed halfway: resumed in ${seconds.toFixed(1)} s · ${repeated} pages of ${pages} read twice, ${((repeated * 100) / pages).toFixed(1)} % (wanted ≤ 5 %) · ${callsMade(calls)} calls, ${(callsMade(calls) / leastCalls(size)).toFixed(3)} of the least possible`,
  )
  console.log(`    ${await verdict(scene)}`)
}

/** Holds the mirror against the corp, and says what the run reported. */
async function verdict({ corp, databaseUrl }: Scene): Promise<string> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const figures = await corp.figures()
    const digest = await digestOf(client)
    const { rows } = await client.query<{ report: { customers?: { drift: object } } }>(
      'select report from sync_run order by sync_run_id desc limit 1',
    )
    const same = digest === figures.relationDigest
    if (!same) process.exitCode = 1
    return `mirror ${same ? 'equals' : 'DIFFERS FROM'} the corp · drift ${JSON.stringify(rows[0]?.report.customers?.drift)} of ${JSON.stringify(figures.changes)}`
  } finally {
    await client.end()
  }
}

async function digestOf(client: pg.Client): Promise<string> {
  const cipher = createDataCipher(Buffer.from(testEnv.DATA_KEY, 'base64'))
  const digest = createDigest()
  const { rows: guides } = await client.query<{ guide: string }>(
    'select distinct guide_user_id as guide from follow_relation',
  )
  for (const { guide } of guides) {
    const { rows } = await client.query(
      `select external_user_id, extract(epoch from started_at)::float8 as added_at, add_way, channel_state, remark,
         description, company, phones_sealed,
         array(select tag_id from follow_relation_tag t
           where t.external_user_id = r.external_user_id and t.guide_user_id = r.guide_user_id) as tag_ids
       from follow_relation r where guide_user_id = $1 and ended_at is null`,
      [guide],
    )
    for (const row of rows)
      digest.add(
        relationRecord({
          guide,
          customer: row.external_user_id,
          addedAt: row.added_at,
          addWay: row.add_way,
          channelState: row.channel_state ?? '',
          remark: row.remark ?? '',
          description: row.description ?? '',
          company: row.company ?? '',
          phones: row.phones_sealed ? JSON.parse(cipher.open(row.phones_sealed)) : [],
          tagIds: row.tag_ids,
        }),
      )
  }
  return digest.value
}

/** The command as `npm run sync` runs it, in a process of its own whose memory is watched. */
function startSync({ corp, databaseUrl }: Scene, args: string[]) {
  const child = spawn(process.execPath, [join(repository, 'server/dist/sync/main.js'), ...args], {
    cwd: repository,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...testEnv,
      DATABASE_URL: databaseUrl,
      WECOM_API_URL: corp.url,
      WECOM_CORP_ID: corp.corpId,
      WECOM_AGENT_SECRET: corp.secret,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let peakMb = 0
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakMemoryMb(child))
  }, 100)
  const exited = once(child, 'exit').finally(() => clearInterval(watch))
  return {
    peakMb: () => peakMb,
    hasEnded: () => child.exitCode !== null,
    ended: exited.then(([code]) => {
      if (code !== 0 && code !== null) throw new Error(`the sync ended with ${code}`)
    }),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** The most it has ever had; Linux only, elsewhere 0. */
function peakMemoryMb({ pid }: ChildProcess): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.round(Number(kilobytes ?? 0) / 1024)
  } catch {
    return 0
  }
}

type Calls = Record<string, { calls: number }>

function callsMade(calls: Calls): number {
  return Object.entries(calls).reduce((sum, [name, { calls: made }]) => (name === 'gettoken' ? sum : sum + made), 0)
}

type Corp = Awaited<ReturnType<typeof startCorp>>

/** The reference corp in a process of its own. */
async function startCorp(size: Size) {
  const options = { ...size, latency: LATENCY_MS }
  const { relations: _, ...flags } = options
  const child = spawn(
    process.execPath,
    [
      join(repository, 'tests/wecom-simulator/dist/reference-corp/serve.js'),
      ...Object.entries(flags).map(
        ([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`,
      ),
    ],
    { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url, corpId, secret }: { url: string; corpId: string; secret: string } = JSON.parse(String(line))
  const control = `${url}/simulator/api/reference-corp`
  const json = async <T>(path: string): Promise<T> => (await (await fetch(control + path)).json()) as T
  return {
    url,
    corpId,
    secret,
    calls: () => json<Calls>('/calls'),
    figures: () => json<{ relationDigest: string; changes: object }>('/figures'),
    async forgetCalls() {
      await fetch(`${control}/calls`, { method: 'DELETE' })
    },
    async move(generation: number) {
      await fetch(control, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ generation }),
      })
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
