import { randomUUID } from 'node:crypto'
import { keepCustomerNews } from '@zhanggui/server/customers/customers.repository.ts'
import { saveMembers } from '@zhanggui/server/guides/directory.repository.ts'
import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { TILL_KEY } from '../support/env.ts'
import type { Story } from '../support/server.ts'
import { signInThroughWecom } from '../support/sign-in.ts'
import { findRow, mirroredCorp, putRecords } from './make-corp.ts'

const order = {
  orderId: 'o1',
  channel: 'store',
  placedAt: '2026-05-01T10:00:00+08:00',
  storeId: 'pandora',
  customer: { externalUserId: 'wmAnna' },
  salesGuideId: 'linxiao',
  lines: [{ productId: 'swan', quantity: 1, amount: 89_900 }],
}
const coupon = {
  couponId: 'save100',
  title: '满 999 减 100',
  kind: 'amount',
  value: 10_000,
  validFrom: '2020-01-01T00:00:00+08:00',
  validTo: '2099-01-01T00:00:00+08:00',
}

/** 林晓 has a friend, a share with a coupon, an order, a place and a welcome rule of her own. */
async function lifeOfLin(): Promise<{ story: Story; by: Awaited<ReturnType<typeof signInThroughWecom>>['by'] }> {
  const story = await mirroredCorp()
  const { simulator } = story
  await putRecords(story, 'stores', [{ storeId: 'pandora', name: '潘多拉专柜' }])
  await putRecords(story, 'guides', [{ userId: 'LinXiao', storeId: 'pandora', role: 'manager' }])
  await putRecords(story, 'coupons', [coupon])
  await putRecords(story, 'welcome-rules', [{ ruleId: 'lin', text: '林晓欢迎您', match: { guideIds: ['linxiao'] } }])
  await (await simulator.addFriend({ guide: 'LinXiao', customer: 'wmAnna' })).delivered
  await (await simulator.editRemark({ guide: 'LinXiao', customer: 'wmAnna', remark: '安娜(周末来)' })).delivered
  await story.settled()
  await putRecords(story, 'orders', [order])
  const { by } = await signInThroughWecom(story, 'LinXiao')
  const share = { requestId: randomUUID(), externalUserId: 'wmAnna', kind: 'coupon', refId: 'save100' }
  expect((await by.post('/api/shares', share)).statusCode).toBe(200)
  return { story, by }
}

async function card(by: { get(url: string): Promise<{ json(): unknown; statusCode: number }> }) {
  const answer = await by.get('/api/customers/wmAnna')
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

/** Everything a session of the new userid sees, and nothing left under the old one. */
async function expectLifeOf(story: Story, userId: string): Promise<void> {
  const { db } = story
  expect(await findRow(story, 'LinXiao')).toBeUndefined()
  expect(await findRow(story, userId)).toMatchObject({
    name: '林晓',
    storeId: 'pandora',
    role: 'manager',
    status: 'active',
    visible: true,
  })
  expect(await db.selectFrom('followRelation').select(['guideUserId', 'remark', 'endedAt']).execute()).toEqual([
    { guideUserId: userId, remark: '安娜(周末来)', endedAt: null },
  ])
  expect(await db.selectFrom('customer').select('ownerUserId').execute()).toEqual([{ ownerUserId: userId }])
  const named = [
    ...(await db.selectFrom('followHistory').select('guideUserId as id').execute()),
    ...(await db.selectFrom('share').select('guideUserId as id').execute()),
    ...(await db.selectFrom('welcome').select('guideUserId as id').execute()),
    ...(await db.selectFrom('invitation').select('guideUserId as id').execute()),
    ...(await db.selectFrom('coupon').select('issuedBy as id').execute()),
    ...(await db.selectFrom('salesOrder').select('salesGuideId as id').execute()),
  ]
  expect(named.length).toBeGreaterThanOrEqual(6)
  expect(new Set(named.map(({ id }) => id))).toEqual(new Set([userId]))
  expect(await db.selectFrom('welcomeRule').select('match').execute()).toEqual([{ match: { guideIds: [userId] } }])
}

test('after a rename the guide still sees her customers and her history, in the old session too', async () => {
  const { story, by } = await lifeOfLin()
  await using _ = story
  const before = await card(by)
  const duty = { userId: 'linxiao', onDuty: false, leaves: '[]', updatedAt: new Date() }
  await story.db.insertInto('guideDuty').values(duty).execute()
  await (await story.simulator.updateMember({ userId: 'LinXiao', newUserId: 'Lin.Xiao' })).delivered
  await story.settled()
  await expectLifeOf(story, 'Lin.Xiao')
  // Keyed in lower case.
  expect(await story.db.selectFrom('guideDuty').select('userId').execute()).toEqual([{ userId: 'lin.xiao' }])

  expect((await by.get('/api/session')).json()).toMatchObject({ guide: { userId: 'Lin.Xiao' }, role: 'manager' })
  expect(await card(by)).toEqual(JSON.parse(JSON.stringify(before).replaceAll('LinXiao', 'Lin.Xiao')))
  const fresh = await signInThroughWecom(story, 'Lin.Xiao')
  expect(await card(fresh.by)).toEqual(await card(by))
  const orders = await fresh.by.get('/api/customers/wmAnna/orders')
  expect(JSON.stringify(orders.json())).toContain('林晓')
})

test('a rename whose callback was lost is found by the next sync', async () => {
  const { story } = await lifeOfLin()
  await using _ = story
  story.simulator.setDelivery({ drop: 1 })
  await story.simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })
  expect(await mirrorDirectory(story.server.deps)).toMatchObject({ renamedGuides: 1, newGuides: 0, leftGuides: 0 })
  await expectLifeOf(story, 'lin.xiao')
})

test('a rename heard of after the new userid was met joins both', async () => {
  const { story } = await lifeOfLin()
  await using _ = story
  const { simulator, db } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })
  simulator.setDelivery(undefined)
  // What a sync makes of it.
  const at = new Date()
  await keepCustomerNews(db, {
    externalUserId: 'wmAnna',
    change: { guideUserId: 'LinXiao', what: 'ended', at, endedBy: 'missing' },
    heardAt: at,
  })
  await (await simulator.editRemark({ guide: 'lin.xiao', customer: 'wmAnna', remark: '安娜(周末来)' })).delivered
  await story.settled()
  expect(await db.selectFrom('followRelation').select('guideUserId').orderBy('guideUserId').execute()).toHaveLength(2)
  const { followHistory } = await beginnings(story)
  const rename = { UserID: 'LinXiao', NewUserID: 'lin.xiao', Department: '31' }
  await simulator.sendEvent({ Event: 'change_contact', ChangeType: 'update_user', ...rename }, { receiver: 'contacts' })
  await story.settled()
  await expectLifeOf(story, 'lin.xiao')
  expect((await beginnings(story)).relation).toEqual(followHistory)
})

async function beginnings({ db }: Story) {
  const first = await db.selectFrom('followHistory').select('at').where('what', '=', 'started').orderBy('at').execute()
  const relation = await db.selectFrom('followRelation').select('startedAt').executeTakeFirst()
  return { followHistory: first[0]?.at, relation: relation?.startedAt }
}

test('what still comes under the old userid follows with the next sync, and HQ may go on using it', async () => {
  const { story } = await lifeOfLin()
  await using _ = story
  const { simulator, db, server } = story
  await (await simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })).delivered
  await story.settled()
  const at = new Date()
  await keepCustomerNews(db, {
    externalUserId: 'wmBella',
    change: { guideUserId: 'LinXiao', what: 'started', at },
    heardAt: at,
  })
  await putRecords(story, 'orders', [{ ...order, orderId: 'o2' }])
  await putRecords(story, 'stores', [{ storeId: 'lancome', name: '兰蔻专柜' }])
  const answer = await server.app.inject({
    method: 'PUT',
    url: '/open/v1/guides',
    headers: { authorization: `Bearer ${TILL_KEY}` },
    payload: [{ userId: 'LINXIAO', storeId: 'lancome' }],
  })
  expect(answer.json()).toEqual({ accepted: 1, unchanged: 0, rejected: [] })
  await mirrorDirectory(server.deps)
  expect(await findRow(story, 'LinXiao')).toBeUndefined()
  expect(await findRow(story, 'lin.xiao')).toMatchObject({ storeId: 'lancome', role: 'guide' })
  const relations = await db.selectFrom('followRelation').select(['guideUserId', 'externalUserId']).execute()
  expect(relations).toContainEqual({ guideUserId: 'lin.xiao', externalUserId: 'wmBella' })
  expect(relations.filter(({ guideUserId }) => guideUserId !== 'lin.xiao')).toEqual([])
  const credited = await db.selectFrom('salesOrder').select('salesGuideId').distinct().execute()
  expect(credited).toEqual([{ salesGuideId: 'lin.xiao' }])
})

test('HQ keeps the role under a new userid, and who gets an old userid later is somebody else', async () => {
  await using story = await mirroredCorp()
  const { simulator, db } = story
  await (await simulator.createMember({ userId: 'HeadOffice', name: '总部', departmentIds: [1] })).delivered
  await (await simulator.updateMember({ userId: 'HeadOffice', newUserId: 'hq.wang' })).delivered
  await story.settled()
  const { by } = await signInThroughWecom(story, 'hq.wang')
  expect((await by.get('/api/session')).json()).toMatchObject({ role: 'hq', guide: { name: '总部' } })

  await (await simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })).delivered
  await story.settled()
  await (await simulator.createMember({ userId: 'linxiao', name: '林笑', departmentIds: [2] })).delivered
  await story.settled()
  expect(await findRow(story, 'linxiao')).toMatchObject({ name: '林笑', departmentIds: ['2'] })
  expect(await findRow(story, 'lin.xiao')).toMatchObject({ name: '林晓' })
  expect(await db.selectFrom('guideAlias').select('formerId').execute()).toEqual([{ formerId: 'headoffice' }])
})

test('an answer from before a rename brings nobody back under the former userid', async () => {
  await using story = await mirroredCorp()
  const { simulator, db } = story
  const asked = new Date()
  await (await simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })).delivered
  await story.settled()
  const lin = {
    userId: 'LinXiao',
    openUserId: null,
    name: '林晓',
    departmentIds: ['31'],
    mainDepartmentId: '31',
    status: 'active' as const,
    follows: true,
  }
  expect(await saveMembers(db, [lin], asked)).toMatchObject({ newGuides: 0 })
  expect(await findRow(story, 'LinXiao')).toBeUndefined()
  expect(await db.selectFrom('guideAlias').select('formerId').execute()).toEqual([{ formerId: 'linxiao' }])
})

/** Told once and never again: a history of who did what, of processes, or of somebody else's ids. */
const staysAsItWas = new Set([
  'guide.open_user_id', // does not change with the userid
  'guide_alias.former_id',
  'guide_alias.user_id',
  'guide.user_id', // moved first, by itself
  'follow_history.ended_by', // a kind of person
  'follow_relation.ended_by',
  'audit_entry.actor',
  'alert.closed_by',
  'commission_period.closed_by', // as HQ wrote it
  'doctor_run.asked_by',
  'handover.asked_by',
  'identity_decision.decided_by',
  'identity_decision.superseded_by', // a decision
  'identity_decision.undone_by',
  'sales_fact.guide_id', // counted again
  'sync_run.started_by', // 'command' or 'nightly'
  'sync_unit.user_ids', // for as long as a sync runs
])

test('every column that names a guide follows a rename, or is here with its reason', async () => {
  const { keyedColumns, plainColumns, listColumns } = await import('@zhanggui/server/guides/renamed-columns.ts')
  const followed = [
    ...keyedColumns.map(({ table, column }) => `${table}.${column}`),
    ...[...plainColumns, ...listColumns].map(([table, column]) => `${table}.${column}`),
  ]
  await using database = await createTestDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE'
         and column_name ~ '(user_ids?|guide_ids?|member_id|_by|giver|taker|actor)$'
         and column_name !~ 'external_user_id'`,
    )
    const columns = rows.map(({ name }) => name)
    expect(columns.filter((name) => !followed.includes(name) && !staysAsItWas.has(name)).sort()).toEqual([])
    expect(followed.filter((name) => !columns.includes(name))).toEqual([])
  } finally {
    await client.end()
  }
})
