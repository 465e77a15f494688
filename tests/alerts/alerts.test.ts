import { raiseAlert } from '@zhanggui/server/alerts/raise-alert.ts'
import { watchCauses } from '@zhanggui/server/alerts/watch-causes.ts'
import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { expect, test } from 'vitest'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

type EventFields = Parameters<Simulator['sendEvent']>[0]

const HQ = { userId: 'HeadOffice', name: '总部', departmentIds: [1], follows: false }
const world = { simulator: { seed: smallWorld({ members: [...smallWorld().members, HQ] }) } }
const AT = Math.floor(Date.now() / 1000) - 600

const open = ({ db }: Story) =>
  db.selectFrom('alert').select(['kind', 'subject', 'detail']).where('closedAt', 'is', null).orderBy('kind').execute()
const kinds = async (story: Story) => (await open(story)).map(({ kind }) => kind)
const cards = ({ simulator }: Story) => simulator.world.appMessages.map(({ guide, title }) => [guide, title])
const metrics = async ({ server }: Story) => (await fetch(`${server.url}/metrics`)).text()

async function tell(story: Story, second: number, fields: EventFields): Promise<void> {
  await story.simulator.sendEvent({ CreateTime: AT + second, AgentID: '1000002', ...fields })
  await story.settled()
}

test('low activity reaches HQ as a message, shows in metrics, and is over when WeCom restores the data', async () => {
  await using story = await startStory(world)
  await tell(story, 0, { Event: 'low_active_alert', EffectTime: 1_790_000_000 })
  expect(await open(story)).toMatchObject([
    { kind: 'app_low_active_soon', detail: expect.stringContaining('2026年9月21日') },
  ])

  await tell(story, 1, { Event: 'low_active' })
  expect(await kinds(story)).toEqual(['app_low_active'])
  expect(await metrics(story)).toContain('zhanggui_alerts_open{kind="app_low_active"} 1')
  await until(async () => cards(story).length === 2)
  expect(cards(story)).toEqual([
    ['HeadOffice', '成员活跃太低,客户数据快要受限'],
    ['HeadOffice', '成员活跃太低,客户数据已受限'],
  ])
  const [, message] = story.simulator.world.appMessages
  expect(message).toMatchObject({ msgtype: 'textcard', url: 'https://guide.example.com/console/' })

  await tell(story, 2, { Event: 'active_restored' })
  expect(await kinds(story)).toEqual([])
  expect(await metrics(story)).not.toContain('zhanggui_alerts_open{')
})

test.for([
  {
    raised: { Event: 'inactive_alert', EffectTime: 1_790_000_000 },
    kind: 'app_inactive_soon',
    ended: { Event: 'reopen_inactive_agent' },
  },
  { raised: { Event: 'close_inactive_agent' }, kind: 'app_closed', ended: { Event: 'reopen_inactive_agent' } },
  { raised: { Event: 'low_active' }, kind: 'app_low_active', ended: { Event: 'active_restored' } },
  {
    raised: { Event: 'customer_acquisition', ChangeType: 'balance_low' },
    kind: 'acquisition_low',
    ended: { Event: 'customer_acquisition', ChangeType: 'balance_exhausted' },
  },
  {
    raised: { Event: 'customer_acquisition', ChangeType: 'balance_exhausted' },
    kind: 'acquisition_exhausted',
    ended: { Event: 'customer_acquisition', ChangeType: 'balance_increased' },
  },
] satisfies { raised: EventFields; kind: string; ended: EventFields }[])(
  '$kind ends with its cause, in whatever order the two are told',
  async ({ raised, kind, ended }) => {
    await using story = await startStory(world)
    await tell(story, 0, raised)
    expect(await kinds(story)).toContain(kind)
    await tell(story, 5, ended)
    expect(await kinds(story)).not.toContain(kind)
    // An end that overtook its beginning: both happened between the two above and the next.
    await tell(story, 20, ended)
    await tell(story, 10, raised)
    expect(await kinds(story)).not.toContain(kind)
    await tell(story, 30, raised)
    expect(await kinds(story)).toContain(kind)
  },
)

test('the quota of links: low, used up, filled again, and a part that expires', async () => {
  await using story = await startStory(world)
  const { simulator } = story
  const quota = async (balance: number, expiresAt?: number) => {
    await (await simulator.changeQuota({ balance, ...(expiresAt && { expiresAt }) })).delivered
    await story.settled()
  }
  await quota(100)
  await quota(5)
  expect(await kinds(story)).toEqual(['acquisition_low'])
  await quota(0)
  expect(await kinds(story)).toEqual(['acquisition_exhausted'])
  const soon = Math.floor(Date.now() / 1000) + 86_400
  await quota(50, soon)
  expect(await kinds(story)).toEqual([])

  await (await simulator.quotaExpiresSoon()).delivered
  await story.settled()
  expect(await open(story)).toMatchObject([
    { kind: 'acquisition_quota_expiring', subject: String(soon), detail: expect.stringMatching(/^50 个/) },
  ])
  const later = { ...story.server.deps, clock: { now: () => new Date((soon + 1) * 1000) } }
  await watchCauses.run({}, later, { attempt: 1 })
  expect(await kinds(story)).toEqual([])
})

test('the same news again is one alert and one message; more of a kind within the hour waits', async () => {
  await using story = await startStory(world)
  const { deps } = story.server
  const broken = (subject: string) =>
    raiseAlert(deps, { kind: 'acquisition_link_unavailable', subject, detail: `“${subject}”加不上人。` })
  await broken('spring')
  await broken('spring')
  await until(async () => cards(story).length === 1)
  await broken('summer')
  await story.settled()
  expect(await open(story)).toHaveLength(2)
  expect(cards(story)).toHaveLength(1)
  expect(await story.db.selectFrom('alert').select(['subject', 'times']).orderBy('subject').execute()).toEqual([
    { subject: 'spring', times: 2 },
    { subject: 'summer', times: 1 },
  ])
  const { rows } = await deps.pool.query(
    `select key, run_at > now() + interval '50 minutes' as later from graphile_worker.jobs where task_identifier = 'send_alert'`,
  )
  expect(rows).toEqual([{ key: 'send_alert acquisition_link_unavailable', later: true }])

  // An hour on.
  await story.db
    .updateTable('alert')
    .set({ sentAt: new Date(Date.now() - 3_600_000) })
    .where('subject', '=', 'spring')
    .execute()
  await deps.pool.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), run_at := now())`,
  )
  await until(async () => cards(story).length === 2)
  const last = story.simulator.world.appMessages.at(-1)
  expect(last?.text).toContain('“summer”')
  expect(last?.text).not.toContain('“spring”')
})

test('what WeCom refuses for its settings is told once, with the place to mend it, and ends when it is mended', async () => {
  await using story = await startStory(world)
  const { simulator, server, db } = story
  simulator.setCustomerContact(false)
  for (const name of ['安娜', '贝拉']) await (await simulator.addFriend({ guide: 'LinXiao', name })).delivered
  await until(async () => (await open(story)).length === 1)
  await story.settled()
  expect(await open(story)).toMatchObject([
    { kind: 'wecom_refused', subject: '48002', detail: expect.stringContaining('可调用接口的应用') },
  ])
  await until(async () => cards(story).length === 1)
  expect(cards(story)).toEqual([['HeadOffice', '企业微信拒绝了调用']])

  const look = () => watchCauses.run({}, server.deps, { attempt: 1 })
  await db
    .updateTable('alert')
    .set({ lastRaisedAt: new Date(Date.now() - 600_000) })
    .execute()
  await look()
  expect(await kinds(story)).toEqual(['wecom_refused'])
  simulator.setCustomerContact(true)
  await look()
  expect(await kinds(story)).toEqual([])
})

test('an address that is not trusted is named; the message goes out once it is', async () => {
  await using story = await startStory(world)
  const { simulator } = story
  simulator.setTrustedIp(false)
  await (await simulator.addFriend({ guide: 'LinXiao', name: '安娜' })).delivered
  await until(async () => (await open(story)).length === 1)
  expect((await open(story))[0]?.detail).toContain('127.0.0.1')
  await story.settled()
  expect(cards(story)).toEqual([])
  // The refused sending waits and is no new alert.
  expect(await open(story)).toHaveLength(1)

  simulator.setTrustedIp(true)
  await story.server.deps.pool.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where task_identifier = 'send_alert'), run_at := now())`,
  )
  await until(async () => cards(story).length === 1)
})

test('failures that pile up are an alert until somebody has looked after them', async () => {
  await using story = await startStory(world)
  const { db, server } = story
  const failed = (outcome: 'final' | 'dropped') => ({
    task: 'mirror_customer',
    payload: '{}',
    outcome,
    reason: 'WecomError',
    errcode: null,
    attempts: 1,
    failedAt: new Date(),
    replayedAt: null,
  })
  const look = () => watchCauses.run({}, server.deps, { attempt: 1 })
  await db
    .insertInto('failedJob')
    .values(Array.from({ length: 30 }, () => failed('dropped')))
    .execute()
  await look()
  expect(await kinds(story)).toEqual([])
  await db
    .insertInto('failedJob')
    .values(Array.from({ length: 10 }, () => failed('final')))
    .execute()
  await look()
  expect(await open(story)).toMatchObject([{ kind: 'jobs_failing', detail: expect.stringContaining('10 个任务') }])
  await db.updateTable('failedJob').set({ replayedAt: new Date() }).where('outcome', '=', 'final').execute()
  await look()
  expect(await kinds(story)).toEqual([])
})

test('a night that failed is over when everything has been read since', async () => {
  await using story = await startStory(world)
  const { deps } = story.server
  const look = () => watchCauses.run({}, deps, { attempt: 1 })
  const read = (parts: string) =>
    deps.pool.query(
      `insert into sync_run (parts, started_by, state, started_at, active_at, finished_at)
       values ('${parts}', 'command', 'complete', now(), now(), now())`,
    )
  await raiseAlert(deps, { kind: 'sync_failed', detail: '没有读完。' })
  await read('{guides,tags,customers}')
  await look()
  expect(await kinds(story)).toEqual(['sync_failed'])
  await read('{groups}')
  await look()
  expect(await kinds(story)).toEqual([])
})

test('HQ users that WeCom does not know are no failure of every alert', async () => {
  await using story = await startStory({ ...world, env: { HQ_USER_IDS: 'Nobody' } })
  await tell(story, 0, { Event: 'low_active' })
  await until(async () => story.simulator.calls.count('message/send', 81013) === 1)
  await story.settled()
  expect(await kinds(story)).toEqual(['app_low_active'])
  expect(await story.db.selectFrom('failedJob').selectAll().execute()).toEqual([])
})

test('without anybody at HQ the alert is kept and nobody is written to', async () => {
  await using story = await startStory({ ...world, env: { HQ_USER_IDS: '' } })
  await tell(story, 0, { Event: 'low_active' })
  expect(await kinds(story)).toEqual(['app_low_active'])
  expect(story.simulator.calls.count('message/send')).toBe(0)
})
