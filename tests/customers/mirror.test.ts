import { keepCustomerNews } from '@zhanggui/server/customers/customers.repository.ts'
import { describe, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import fc from '../support/properties.ts'
import { smallWorld } from '../support/seed.ts'
import { startStory } from '../support/server.ts'

const world = smallWorld({
  customers: [{ externalUserId: 'wmAnna', name: '安娜王', gender: 2, unionId: 'uAnna' }],
  tagGroups: [{ groupId: 'etStyle', name: '风格', tags: [{ tagId: 'etSilver', name: '喜欢银色' }] }],
})

async function befriended() {
  const story = await startStory({ simulator: { seed: world } })
  await (await story.simulator.addFriend({ guide: 'LinXiao', customer: 'wmAnna' })).delivered
  await story.settled()
  return story
}

test('remark, description and tags follow an edit in WeCom', async () => {
  await using story = await befriended()
  const { simulator, db } = story
  const pair = { guide: 'LinXiao', customer: 'wmAnna' }
  await (await simulator.editTags({ ...pair, add: ['etSilver'] })).delivered
  await (await simulator.editRemark({ ...pair, remark: '安娜(周末来)' })).delivered
  await story.settled()
  const relation = await db.selectFrom('followRelation').selectAll().executeTakeFirstOrThrow()
  expect(relation).toMatchObject({ remark: '安娜(周末来)', endedAt: null })
  expect(await db.selectFrom('relationTag').select(['groupName', 'name', 'source']).execute()).toEqual([
    { groupName: '风格', name: '喜欢银色', source: 'wecom' },
  ])
})

test('a friend never heard of before is mirrored whole from one edit', async () => {
  const relation = {
    guide: 'LinXiao',
    customer: 'wmAnna',
    addedAt: '2025-03-19T15:00:00+08:00',
    addWay: 1,
    state: '橱窗',
    remark: '安娜(周末来)',
    tags: ['etSilver'],
  }
  await using story = await startStory({ simulator: { seed: { ...world, relations: [relation] } } })
  await (await story.simulator.editRemark({ guide: 'LinXiao', customer: 'wmAnna', description: '爱银色' })).delivered
  await story.settled()
  expect(await story.db.selectFrom('followRelation').selectAll().executeTakeFirstOrThrow()).toMatchObject({
    startedAt: new Date(relation.addedAt),
    remark: '安娜(周末来)',
    description: '爱银色',
    addWay: 1,
    channelState: '橱窗',
  })
  expect(await story.db.selectFrom('relationTag').select('name').execute()).toEqual([{ name: '喜欢银色' }])
})

test.for([
  { by: 'customer', endedBy: 'customer' },
  { by: 'guide', endedBy: 'guide' },
  { by: 'transfer', endedBy: 'transfer' },
] as const)('an end by $by is marked, not deleted, and a later add begins anew', async ({ by, endedBy }) => {
  await using story = await befriended()
  const { simulator, db } = story
  const pair = { guide: 'LinXiao', customer: 'wmAnna' }
  const ended =
    by === 'customer'
      ? simulator.deleteByCustomer(pair)
      : simulator.deleteByGuide(pair, { transfer: by === 'transfer' })
  await (await ended).delivered
  await story.settled()
  const relation = await db.selectFrom('followRelation').selectAll().executeTakeFirstOrThrow()
  expect(relation.endedBy).toBe(endedBy)
  expect(relation.endedAt).not.toBeNull()
})

test('a half-added friend is known from the event alone while WeCom answers 84061', async () => {
  await using story = await startStory({ simulator: { seed: world } })
  await (await story.simulator.addFriend({ guide: 'LinXiao', customer: 'wmAnna', half: true })).delivered
  await story.settled()
  const relation = await story.db.selectFrom('followRelation').selectAll().executeTakeFirstOrThrow()
  expect(relation).toMatchObject({ guideUserId: 'LinXiao', endedAt: null })
  const { rows } = await story.server.deps.pool.query(
    `select run_at > now() + interval '1 minute' as later from graphile_worker.jobs where task_identifier = 'start_follow'`,
  )
  expect(rows).toEqual([{ later: true }])
  expect(await story.db.selectFrom('failedJob').selectAll().execute()).toEqual([])
})

describe('starts and ends in any order, told any number of times', () => {
  type Telling = { guide: string; what: 'started' | 'ended'; second: number }
  const telling: fc.Arbitrary<Telling> = fc.record({
    guide: fc.constantFrom('A', 'B'),
    what: fc.constantFrom('started', 'ended'),
    second: fc.integer({ min: 0, max: 6 }),
  })

  test('leave the same relations and the same owner', async () => {
    await using server = await testApp()
    let run = 0
    const tell = async (tellings: readonly Telling[]) => {
      run += 1
      const externalUserId = `wm${run}`
      for (const { guide, what, second } of tellings)
        await keepCustomerNews(server.deps.db, {
          externalUserId,
          change: {
            guideUserId: guide,
            what,
            at: new Date(1_790_000_000_000 + second * 1000),
            ...(what === 'ended' ? { endedBy: 'customer' } : {}),
          },
          heardAt: new Date(),
        })
      const relations = await server.db
        .selectFrom('followRelation')
        .select(['guideUserId', 'startedAt', 'endedAt', 'endedBy'])
        .where('externalUserId', '=', externalUserId)
        .orderBy('guideUserId')
        .execute()
      const owner = await server.db
        .selectFrom('customer')
        .select(['ownerUserId', 'ownerSince'])
        .where('externalUserId', '=', externalUserId)
        .executeTakeFirst()
      return { relations, owner }
    }
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(telling, { minLength: 1, maxLength: 8 })
          .chain((tellings) =>
            fc.tuple(fc.constant(tellings), fc.shuffledSubarray(tellings, { minLength: tellings.length })),
          ),
        async ([told, shuffled]) => {
          const once = await tell(told)
          expect(await tell([...shuffled, ...shuffled.slice(0, 2)])).toEqual(once)
          for (const relation of once.relations) {
            const of = told.filter(({ guide }) => guide === relation.guideUserId)
            const last = (what: string) =>
              Math.max(-1, ...of.filter((one) => one.what === what).map((one) => one.second))
            expect(relation.endedAt === null).toBe(last('started') > last('ended'))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('two at once never lose one another', async () => {
    await using server = await testApp()
    const at = new Date(1_790_000_000_000)
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        keepCustomerNews(server.deps.db, {
          externalUserId: 'wmBusy',
          change: { guideUserId: `G${index}`, what: 'started', at },
          heardAt: new Date(),
        }),
      ),
    )
    expect(await server.db.selectFrom('followRelation').selectAll().execute()).toHaveLength(8)
    expect(await server.db.selectFrom('customer').select('ownerUserId').execute()).toEqual([{ ownerUserId: 'G0' }])
  })
})
