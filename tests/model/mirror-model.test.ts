import { PART_NAMES } from '@zhanggui/server/sync/part-names.ts'
import { runSync } from '@zhanggui/server/sync/run-sync.ts'
import type { Happened } from '@zhanggui/wecom-simulator/simulator-types.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { smallWorld } from '../support/seed.ts'
import { connectCallbacks, jobsSettled, startServerOn, startTestSimulator } from '../support/server.ts'
import { corpAtWecom, corpInMirror } from './corp-views.ts'
import { GUIDES, type Happening, happening, letHappen, pairOf } from './happenings.ts'

/** One stretch of a corp's life: what happens, how its callbacks travel, and whether the server dies in it. */
interface Stretch {
  happenings: Happening[]
  line: { drop: number; repeat: number; reorder: boolean; seed: number }
  /** After so many happenings a server that had begun work is replaced by another; absent: none dies. */
  crashAfter?: number | undefined
  /** A full sync runs in the middle of it all. */
  syncMeanwhile: boolean
}

const stretch: fc.Arbitrary<Stretch> = fc.record({
  happenings: fc.array(happening, { minLength: 4, maxLength: 24 }),
  line: fc.record({
    drop: fc.constantFrom(0, 0.2, 0.6),
    repeat: fc.constantFrom(0, 0.3),
    reorder: fc.boolean(),
    seed: fc.nat(),
  }),
  crashAfter: fc.option(fc.nat({ max: 12 }), { nil: undefined, freq: 5 }),
  syncMeanwhile: fc.boolean(),
})

/** Seeds of lives that once ended in a mirror unlike the corp. */
const ONCE_FAILED = [2, 2001]
/** MODEL_LIVES=200 lives 200 lives of 10 stretches each, from MODEL_SEED on. */
const LIVES = Number(process.env.MODEL_LIVES ?? 3)
const FIRST_SEED = Number(process.env.MODEL_SEED ?? 1000)
const STRETCHES = 10

const seeds = [...ONCE_FAILED, ...Array.from({ length: LIVES }, (_, index) => FIRST_SEED + index)]

describe('whatever happens, however its callbacks travel: after a sync the mirror is the corp', () => {
  test.for(seeds)('life %i', { timeout: 300_000 }, async (seed) => {
    await using life = await beginLife()
    for (const [index, each] of fc.sample(stretch, { seed, numRuns: STRETCHES }).entries()) {
      await life.live(each)
      const { atWecom, inMirror } = await life.compare()
      expect({ stretch: index, ...inMirror }).toEqual({ stretch: index, ...atWecom })
    }
  })
})

async function beginLife() {
  const clock = movingClock()
  const customers = Array.from({ length: 7 }, (_, index) => `wmModel${index}`)
  const database = await createTestDatabase()
  const simulator = await startTestSimulator({
    now: clock.now,
    seed: smallWorld({
      departments: [
        { id: 1, name: '万象城', parentId: 0 },
        { id: 2, name: '一楼', parentId: 1 },
        { id: 3, name: '二楼', parentId: 1 },
      ],
      members: GUIDES.map((userId) => ({ userId, name: userId, departmentIds: [2], storeName: '', follows: true })),
      customers: customers.map((externalUserId, index) => ({ externalUserId, name: `顾客${index}`, gender: 2 })),
      tagGroups: [{ groupId: 'etStyle', name: '风格', tags: [{ tagId: 'etSilver', name: '喜欢银色' }] }],
    }),
  })
  const corp = { simulator, customers }
  let server = await startServerOn({ database, simulator, clock })
  connectCallbacks(simulator, server.url)
  const deletions = watchDeletions()

  async function sync() {
    await runSync(server.deps, {
      parts: PART_NAMES,
      startedBy: 'command',
      resumeWithinMs: 0,
      atOnce: 4,
      signal: new AbortController().signal,
    })
  }

  return {
    async live({ happenings, line, crashAfter, syncMeanwhile }: Stretch) {
      simulator.setDelivery(line)
      let syncing: Promise<void> | undefined
      for (const [index, each] of happenings.entries()) {
        clock.pass(1_000 + (each.c % 3) * 700)
        const { what, ...who } = each
        const happened = await letHappen(corp, each)
        if (what === 'deletedByCustomer' && isHappened(happened)) {
          const { guide, customer } = pairOf(corp, who)
          deletions.begun(guide, customer, happened.delivered)
        }
        if (index === crashAfter) {
          const next = await startServerOn({ database, simulator, clock })
          connectCallbacks(simulator, next.url)
          await syncing?.catch(() => {}) // its server is going
          syncing = undefined
          await server.stop()
          server = next
        }
        if (syncMeanwhile && index === Math.floor(happenings.length / 2)) syncing = sync()
      }
      await syncing
      await simulator.flush()
      simulator.setDelivery(undefined)
      await deletions.arrived()
    },
    async compare() {
      await jobsSettled(server.deps.pool)
      clock.pass(2_000)
      await sync()
      await jobsSettled(server.deps.pool)
      return { atWecom: corpAtWecom(simulator, deletions.heard), inMirror: await corpInMirror(server.db) }
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await simulator.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** A customer's deletion is known from its callback alone: which pairs' last one was told? */
function watchDeletions() {
  const last = new Map<string, { told: boolean }>()
  const underWay: Promise<unknown>[] = []
  return {
    begun(guide: string, customer: string, delivered: Happened['delivered']) {
      const deletion = { told: false }
      last.set(`${guide} ${customer}`, deletion)
      underWay.push(
        delivered.then((delivery) => {
          deletion.told = delivery?.ok === true
        }),
      )
    },
    async arrived() {
      await Promise.all(underWay.splice(0))
    },
    heard: (guide: string, customer: string) => last.get(`${guide} ${customer}`)?.told === true,
  }
}

/** Real time, and what was let pass besides: no two happenings share a second, as no two of one pair do in life. */
function movingClock() {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    pass(ms: number) {
      ahead += ms
    },
  }
}

function isHappened(value: unknown): value is Happened {
  return typeof value === 'object' && value !== null && 'delivered' in value
}
