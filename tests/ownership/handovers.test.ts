import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { DAY_MS, RESULT, startHandoverStory, TRANSFER } from './handover-story.ts'

test('a customer changes owner when WeCom says done, not when it says yes, and is not welcomed as a newcomer', async () => {
  await using story = await startHandoverStory(1)
  const { simulator, db, api, clock } = story
  const handoverId = await story.handOver({ message: '以后由周敏为您服务' })
  expect(await story.status(handoverId)).toMatchObject({
    kind: 'active',
    fromUserId: 'LinXiao',
    toUserId: 'ZhouMin',
    state: 'running',
    counts: { queued: 0, waiting: 1, done: 0, refused: 0, limit: 0, failed: 0 },
    customers: [{ externalUserId: 'wm000', state: 'waiting' }],
  })
  expect(simulator.calls.of(TRANSFER)[0]?.body).toMatchObject({ transfer_success_msg: '以后由周敏为您服务' })
  await story.follow()
  expect(await story.owner('wm000')).toBe('LinXiao')

  clock.advance(DAY_MS)
  await (await simulator.settleDueTransfers()).delivered
  await story.settled()
  const at = clock.now().toISOString()
  expect(await story.status(handoverId)).toMatchObject({
    state: 'finished',
    counts: { waiting: 0, done: 1 },
    customers: [{ externalUserId: 'wm000', state: 'done' }],
  })
  const { owner, firstFriend, moves } = (await api.get('/customers/wm000/ownership')).json()
  expect(owner.userId).toBe('ZhouMin')
  expect(Math.abs(Date.parse(owner.since) - Date.parse(at))).toBeLessThan(2000)
  expect(firstFriend.userId).toBe('LinXiao')
  expect(moves).toMatchObject([{ fromUserId: 'LinXiao', toUserId: 'ZhouMin', cause: 'handover', by: 'api:till' }])
  const relations = (await api.get('/customers/wm000')).json().relations
  expect(relations).toMatchObject([
    { userId: 'LinXiao', endedBy: 'transfer' },
    { userId: 'ZhouMin', addWay: 202 },
  ])
  expect(simulator.calls.count('externalcontact/send_welcome_msg')).toBe(0)
  expect(await db.selectFrom('welcome').select('outcome').execute()).toEqual([{ outcome: 'no_code' }])
  expect(await db.selectFrom('failedJob').selectAll().execute()).toEqual([])
})

test.for(['refused', 'limit'] as const)(
  'a handover that ends with %s leaves the customer where they are',
  async (outcome) => {
    await using story = await startHandoverStory(2)
    const handoverId = await story.handOver()
    await (await story.simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm000', outcome })).delivered
    await story.settled()
    expect(await story.status(handoverId)).toMatchObject({
      state: 'running',
      counts: { waiting: 1, [outcome]: 1 },
      customers: [
        { externalUserId: 'wm000', state: outcome },
        { externalUserId: 'wm001', state: 'waiting' },
      ],
    })
    expect(await story.owner('wm000')).toBe('LinXiao')
  },
)

test('callbacks that get lost are made up for by asking', async () => {
  await using story = await startHandoverStory(3)
  const { simulator, clock } = story
  simulator.setDelivery({ drop: 1 })
  const handoverId = await story.handOver()
  await simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm000', outcome: 'done' })
  await simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm001', outcome: 'refused' })
  await simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm002', outcome: 'limit' })
  await story.follow()
  expect(await story.status(handoverId)).toMatchObject({
    state: 'finished',
    customers: [{ state: 'done' }, { state: 'refused' }, { state: 'limit' }],
  })
  expect(await story.owner('wm000')).toBe('ZhouMin')
  // The new friendship is read a little later, when the dust has settled.
  await until(async () => (await story.api.get('/customers/wm000')).json().relations.length === 2)
  const asked = simulator.calls.count(RESULT)
  clock.advance(DAY_MS)
  await story.follow()
  expect(simulator.calls.count(RESULT)).toBe(asked)
})

test('while it waits WeCom is asked every half hour, and after thirty days no more', async () => {
  await using story = await startHandoverStory(1)
  const { simulator, clock, db } = story
  const handoverId = await story.handOver()
  await story.follow()
  await story.follow()
  expect(simulator.calls.count(RESULT)).toBe(1)
  clock.advance(31 * 60_000)
  await story.follow()
  expect(simulator.calls.count(RESULT)).toBe(2)
  // WeCom, too, may forget: its clock stands still for this one.
  await db
    .updateTable('handoverCustomer')
    .set({ askedAt: new Date(clock.now().getTime() - 31 * DAY_MS) })
    .execute()
  clock.advance(31 * 60_000)
  await story.follow()
  expect(await story.status(handoverId)).toMatchObject({
    state: 'finished',
    customers: [{ state: 'failed', reason: 'no_result' }],
  })
})

test('a yes that was lost on the way is taken for one', async () => {
  await using story = await startHandoverStory(1)
  const sides = { handover_userid: 'LinXiao', takeover_userid: 'ZhouMin', external_userid: ['wm000'] }
  await story.server.deps.wecom.call(TRANSFER, sides)
  const handoverId = await story.handOver()
  expect((await story.status(handoverId)).customers).toMatchObject([{ state: 'waiting' }])
  await (await story.simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm000', outcome: 'done' })).delivered
  await story.settled()
  expect((await story.status(handoverId)).customers).toMatchObject([{ state: 'done' }])
  expect(await story.owner('wm000')).toBe('ZhouMin')
})

test('a server that was away from before the yes until after the end finds out', async () => {
  await using story = await startHandoverStory(1)
  const { simulator, clock } = story
  simulator.failNext(TRANSFER, 40001)
  const handoverId = await story.handOver()
  expect((await story.status(handoverId)).customers).toMatchObject([{ state: 'queued' }])
  simulator.setDelivery({ drop: 1 })
  const sides = { handover_userid: 'LinXiao', takeover_userid: 'ZhouMin', external_userid: ['wm000'] }
  await story.server.deps.wecom.call(TRANSFER, sides)
  clock.advance(2 * DAY_MS)
  await simulator.settleDueTransfers()
  const failures: { id: string; task: string }[] = (await story.api.get('/failed-jobs')).json().failedJobs
  const failure = failures.find(({ task }) => task === 'work_handover')
  expect((await story.api.post(`/failed-jobs/${failure?.id}/replay`, {})).statusCode).toBe(204)
  await story.settled()
  expect(await story.status(handoverId)).toMatchObject({ state: 'finished', customers: [{ state: 'done' }] })
  expect(await story.owner('wm000')).toBe('ZhouMin')
})

test('what WeCom refuses is said plainly, customer by customer', async () => {
  await using story = await startHandoverStory(2, {
    customers: [
      { externalUserId: 'wm000', name: '安娜', gender: 0 },
      { externalUserId: 'wm001', name: '贝拉', gender: 0 },
      { externalUserId: 'wmStranger', name: '生人', gender: 0 },
    ],
  })
  const { simulator, clock } = story
  const backAndForth = async (fromUserId: string, toUserId: string) => {
    const handoverId = await story.handOver({ fromUserId, toUserId, externalUserIds: ['wm000'] })
    clock.advance(60_000)
    await (await simulator.settleTransfer({ guide: fromUserId, customer: 'wm000', outcome: 'done' })).delivered
    await story.settled()
    clock.advance(120_000)
    return (await story.status(handoverId)).customers[0]?.state
  }
  expect(await backAndForth('LinXiao', 'ZhouMin')).toBe('done')
  expect(await backAndForth('ZhouMin', 'LinXiao')).toBe('done')
  expect(await story.owner('wm000')).toBe('LinXiao')

  const handoverId = await story.handOver({ externalUserIds: ['wm000', 'wm001', 'wmStranger', 'wmUnheard'] })
  const { counts, customers } = await story.status(handoverId)
  expect(counts).toMatchObject({ waiting: 1, failed: 3, done: 0 })
  expect(customers).toMatchObject([
    {
      externalUserId: 'wm000',
      state: 'failed',
      reason: 'handed_over_twice_in_90_days',
      detail: 'WeCom hands each customer or group over at most twice in 90 days',
      errcode: 40128,
    },
    { externalUserId: 'wm001', state: 'waiting' },
    { externalUserId: 'wmStranger', state: 'failed', reason: 'not_a_friend_of_the_giver', errcode: 40131 },
    { externalUserId: 'wmUnheard', state: 'failed', reason: 'customer_unknown_to_wecom', errcode: 40096 },
  ])
})

test('a customer who waits in one handover cannot wait in another', async () => {
  await using story = await startHandoverStory(1, {
    members: [
      { userId: 'LinXiao', name: '林晓', departmentIds: [2], follows: true },
      { userId: 'ZhouMin', name: '周敏', departmentIds: [2], follows: true },
      { userId: 'ChenChen', name: '陈晨', departmentIds: [2], follows: true },
    ],
  })
  const first = await story.handOver()
  const second = await story.handOver({ toUserId: 'ChenChen' })
  expect((await story.status(second)).customers).toMatchObject([{ state: 'failed', reason: 'in_another_handover' }])
  expect((await story.status(first)).customers).toMatchObject([{ state: 'waiting' }])
})

test('a taker WeCom does not take ends the whole handover with its reason', async () => {
  await using story = await startHandoverStory(2)
  const handoverId = await story.handOver({ toUserId: 'Nobody' })
  expect(await story.status(handoverId)).toMatchObject({
    state: 'finished',
    counts: { failed: 2 },
    customers: [{ reason: 'guide_unknown_to_wecom' }, { reason: 'guide_unknown_to_wecom' }],
  })
})

test('250 customers are three calls, one at a time for each giver, whoever asks', async () => {
  await using story = await startHandoverStory(250)
  const { simulator, api, settled } = story
  const ids = Array.from({ length: 250 }, (_, index) => `wm${String(index).padStart(3, '0')}`)
  simulator.failNext(TRANSFER, 45035)
  const wish = { kind: 'active', fromUserId: 'LinXiao', toUserId: 'ZhouMin' }
  const asked = await Promise.all([
    api.post('/handovers', { ...wish, externalUserIds: ids.slice(0, 130) }),
    api.post('/handovers', { ...wish, fromUserId: 'linxiao', externalUserIds: ids.slice(130) }),
  ])
  // A giver who is busy is come back to in two seconds.
  const handoverIds = asked.map((answer) => answer.json().handoverId)
  await until(async () => {
    await settled()
    const all = await Promise.all(handoverIds.map(story.status))
    return all.every(({ counts }) => counts.queued === 0 && counts.waiting > 0)
  }, 30_000)
  expect(simulator.calls.of(TRANSFER).map(({ errcode }) => errcode)).toEqual([45035, 0, 0, 0, 0])

  const pages: string[] = []
  let cursor = ''
  do {
    const page = (await api.get(`/handovers/${handoverIds[0]}?limit=50${cursor}`)).json()
    pages.push(...page.customers.map(({ externalUserId }: { externalUserId: string }) => externalUserId))
    cursor = page.nextCursor && `&cursor=${page.nextCursor}`
  } while (cursor)
  expect(pages).toEqual(ids.slice(0, 130))
})

test('whoever hands over a colleague’s customer hands over a friendship only', async () => {
  await using story = await startHandoverStory(1)
  const { simulator } = story
  await (await simulator.addFriend({ guide: 'ZhouMin', customer: 'wm000' })).delivered
  await (await simulator.createMember({ userId: 'ChenChen', name: '陈晨', departmentIds: [2] })).delivered
  await story.settled()
  const handoverId = await story.handOver({ fromUserId: 'ZhouMin', toUserId: 'ChenChen' })
  await (await simulator.settleTransfer({ guide: 'ZhouMin', customer: 'wm000', outcome: 'done' })).delivered
  await story.settled()
  expect((await story.status(handoverId)).customers).toMatchObject([{ state: 'done' }])
  expect(await story.owner('wm000')).toBe('LinXiao')
})

test('a handover made in WeCom’s own console moves the owner as well', async () => {
  await using story = await startHandoverStory(1)
  const sides = { handover_userid: 'LinXiao', takeover_userid: 'ZhouMin', external_userid: ['wm000'] }
  await story.server.deps.wecom.call(TRANSFER, sides)
  await (await story.simulator.settleTransfer({ guide: 'LinXiao', customer: 'wm000', outcome: 'done' })).delivered
  await story.settled()
  const { owner, moves } = (await story.api.get('/customers/wm000/ownership')).json()
  expect(owner.userId).toBe('ZhouMin')
  expect(moves).toMatchObject([{ fromUserId: 'LinXiao', toUserId: 'ZhouMin', cause: 'handover' }])
  expect(moves[0].by).toBeUndefined()
})

test.for([
  ['to oneself', { toUserId: 'linxiao' }, 400, 'same_guide'],
  ['of nobody', { externalUserIds: [] }, 400, 'validation_failed'],
  ['with a message of 201 characters', { message: '好'.repeat(201) }, 400, 'validation_failed'],
  ['of a leaver with a message', { kind: 'resigned', message: '您好' }, 400, 'validation_failed'],
  ['to a guide who left', { toUserId: 'ZhouMin' }, 409, 'guide_not_active'],
] as const)('a handover %s is refused', async ([, over, status, code]) => {
  await using story = await startHandoverStory(1)
  await story.db.insertInto('guide').values({ userId: 'ZhouMin', status: 'left', updatedAt: new Date() }).execute()
  const wish = { kind: 'active', fromUserId: 'LinXiao', toUserId: 'ChenChen', ...over }
  const answer = await story.api.post('/handovers', wish)
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  expect((await story.api.get('/handovers/nothing')).json().code).toBe('handover_unknown')
})
