import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeLine, makeMember, makeOrder } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
const at = (time: string) => new Date(time)

test('a profile holds all that is known of a customer', async () => {
  await t.db
    .insertInto('customer')
    .values({
      externalUserId: 'wm1',
      name: '王女士',
      type: 1,
      gender: 2,
      unionId: 'u1',
      ownerUserId: 'LinXiao',
      ownerSince: at('2026-08-01T00:00:00Z'),
      createdAt: t.clock.now(),
    })
    .execute()
  await t.db
    .insertInto('followRelation')
    .values([
      { guideUserId: 'ZhaoMin', externalUserId: 'wm1', startedAt: at('2026-08-02T00:00:00Z') },
      {
        guideUserId: 'LinXiao',
        externalUserId: 'wm1',
        startedAt: at('2026-08-01T00:00:00Z'),
        endedAt: at('2026-09-01T00:00:00Z'),
        endedBy: 'customer',
        remark: '小王',
        addWay: 1,
        channelState: 'poster',
      },
    ])
    .execute()
  await t.db.insertInto('tag').values({ tagId: 'etNecklace', groupName: '偏好', name: '项链' }).execute()
  await t.db
    .insertInto('followRelationTag')
    .values({ guideUserId: 'ZhaoMin', externalUserId: 'wm1', tagId: 'etNecklace' })
    .execute()
  await t.db
    .insertInto('followRelationOwnTag')
    .values({ guideUserId: 'LinXiao', externalUserId: 'wm1', name: '爱喝茶' })
    .execute()
  const now = t.clock.now()
  await t.db
    .insertInto('invitation')
    .values([
      { guideUserId: 'LinXiao', externalUserId: 'wm1', expiresAt: now, invitedAt: now, openedAt: now },
      { guideUserId: 'ZhaoMin', externalUserId: 'wm1', expiresAt: now },
    ])
    .execute()
  await sender.put('orders', [
    makeOrder({ orderId: 'a', customer: { unionId: 'u1' }, lines: [makeLine({ quantity: 2, amount: 100 })] }),
    makeOrder({
      orderId: 'b',
      customer: { externalUserId: 'wm1' },
      placedAt: '2026-09-02T10:00:00+08:00',
      lines: [makeLine({ amount: 101 })],
    }),
  ])
  const profile = {
    externalUserId: 'wm1',
    name: '王女士',
    type: 1,
    gender: 2,
    unionId: 'u1',
    invitation: { state: 'opened' },
    owner: { userId: 'LinXiao', since: '2026-08-01T00:00:00.000Z' },
    tags: [
      { name: '爱喝茶', source: 'guide', userId: 'LinXiao' },
      { name: '项链', group: '偏好', source: 'wecom', userId: 'ZhaoMin' },
    ],
    relations: [
      {
        userId: 'LinXiao',
        remark: '小王',
        channel: 'poster',
        addWay: 1,
        startedAt: '2026-08-01T00:00:00.000Z',
        endedAt: '2026-09-01T00:00:00.000Z',
        endedBy: 'customer',
      },
      { userId: 'ZhaoMin', startedAt: '2026-08-02T00:00:00.000Z' },
    ],
    totals: {
      orders: 2,
      units: 3,
      amount: 201,
      refunded: 0,
      averageOrderValue: 101,
      lastOrderAt: '2026-09-02T02:00:00.000Z',
    },
  }
  expect(await sender.get('customers/wm1')).toEqual({ status: 200, body: profile })

  const joinedAt = '2026-09-01T00:00:00.000Z'
  await sender.put('members', [makeMember({ memberNo: 'm1', unionId: 'u1', points: 0, tier: '金卡', joinedAt })])
  expect(await sender.get('customers/wm1')).toEqual({
    status: 200,
    body: {
      ...profile,
      invitation: { state: 'enrolled' },
      member: { memberNo: 'm1', tier: '金卡', points: 0, joinedAt },
    },
  })
})

test('a customer of whom only a till has spoken is known by the purchases', async () => {
  await sender.put('orders', [makeOrder({ orderId: 'till', customer: { externalUserId: 'wm-till' } })])
  expect(await sender.get('customers/wm-till')).toMatchObject({
    status: 200,
    body: { relations: [], totals: { orders: 1 } },
  })
})

test('nobody’s customer is not found, nor are the orders', async () => {
  for (const path of ['customers/wm-nobody', 'customers/wm-nobody/orders'])
    expect(await sender.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('a customer without orders has an empty list', async () => {
  await sender.put('members', [makeMember({ memberNo: 'm-idle', externalUserId: 'wm-idle' })])
  expect(await sender.get('customers/wm-idle/orders')).toEqual({ status: 200, body: { orders: [] } })
})

test('the report counts the welcomes of a period by outcome, with the time those sent took', async () => {
  const welcome = (
    eventAt: string,
    outcome: 'sent' | 'expired' | 'raced' | 'failed' | 'no_code' | null,
    latencyMs?: number,
  ) => ({
    claimKey: `${eventAt} ${outcome} ${latencyMs}`,
    guideUserId: 'LinXiao',
    externalUserId: 'wm1',
    eventAt: at(eventAt),
    receivedAt: at(eventAt),
    outcome,
    latencyMs: latencyMs ?? null,
  })
  const day = '2026-09-10T12:00:00+08:00'
  await t.db
    .insertInto('welcome')
    .values([
      ...Array.from({ length: 100 }, (_, index) => welcome(day, 'sent', index + 1)),
      welcome(day, 'raced', 60_000),
      welcome(day, 'expired'),
      welcome(day, 'failed'),
      welcome(day, 'no_code'),
      welcome(day, null),
      welcome('2026-09-10T00:00:00+08:00', 'no_code'),
      welcome('2026-09-09T23:59:59.999+08:00', 'failed'),
      welcome('2026-09-11T00:00:00+08:00', 'failed'),
    ])
    .execute()
  const report = { sent: 100, expired: 1, raced: 1, failed: 1, noCode: 2, p50Ms: 50, p99Ms: 99 }
  for (const period of [
    'from=2026-09-10&to=2026-09-11',
    'from=2026-09-09T16:00:00Z&to=2026-09-10T16:00:00Z',
    'from=2026-09-10T00:00:00%2B08:00&to=2026-09-11T00:00:00%2B08:00',
    'from=2026-09-10T00:00:00+08:00&to=2026-09-11',
  ])
    expect(await sender.get(`reports/welcomes?${period}`)).toEqual({ status: 200, body: report })
  expect(await sender.get('reports/welcomes?from=2020-01-01&to=2020-01-02')).toEqual({
    status: 200,
    body: { sent: 0, expired: 0, raced: 0, failed: 0, noCode: 0 },
  })
})

test.for([
  '',
  'from=2026-09-10',
  'from=yesterday&to=today',
  'from=2026-09-31&to=2026-10-02',
  'from=2026-09-11&to=2026-09-10',
  'from=2026-09-10T00:00:00&to=2026-09-11',
])('a report without a usable period is refused: %s', async (period) => {
  expect(await sender.get(`reports/welcomes?${period}`)).toMatchObject({
    status: 400,
    body: { code: 'validation_failed' },
  })
})

test('failed jobs are listed newest first until replayed, without what they were about', async () => {
  const failed = (minute: number, fields: object = {}) => ({
    task: 'send_welcome',
    payload: JSON.stringify({ name: 'follow.added', secret: 'content' }),
    outcome: 'final' as const,
    reason: 'WeCom refused it',
    errcode: 41050,
    attempts: 1,
    failedAt: at(`2026-09-10T10:0${minute}:00Z`),
    ...fields,
  })
  await t.db
    .insertInto('failedJob')
    .values([
      failed(1, { errcode: null, payload: '{}' }),
      failed(2),
      failed(3, { replayedAt: t.clock.now() }),
      failed(4),
    ])
    .execute()
  const job = (minute: number) => ({
    id: expect.stringMatching(/^\d+$/),
    task: 'send_welcome',
    outcome: 'final',
    reason: 'WeCom refused it',
    errcode: 41050,
    attempts: 1,
    failedAt: `2026-09-10T10:0${minute}:00.000Z`,
    event: 'follow.added',
  })
  const first = await sender.get('failed-jobs?limit=2')
  expect(first).toEqual({ status: 200, body: { failedJobs: [job(4), job(2)], nextCursor: expect.any(String) } })
  const { errcode: _, event: __, ...bare } = job(1)
  expect(await sender.get(`failed-jobs?limit=2&cursor=${first.body.nextCursor}`)).toEqual({
    status: 200,
    body: { failedJobs: [bare] },
  })
  expect(await sender.get('failed-jobs?cursor=x')).toMatchObject({ status: 400, body: { code: 'validation_failed' } })
})
