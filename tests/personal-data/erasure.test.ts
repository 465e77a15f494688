import { findPerson } from '@zhanggui/server/personal-data/find-person.repository.ts'
import { personalTables } from '@zhanggui/server/personal-data/personal-tables.ts'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { makeOrder } from '../open-api/records.ts'
import { createTestDatabase } from '../support/database.ts'
import { put } from '../support/shop.ts'
import { anna, bella, liveALittle, type PersonStory, startPersonStory } from './person-story.ts'

/** What names a person, wherever it stands; and texts of other systems, which may. */
const PERSONAL =
  '^(external_user_id|union_id|phones?_.*|member_no|member_id|nickname|birthday|remark|xml|payload|record)$'

test('every table that knows people is exported and erased', async () => {
  await using database = await createTestDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select distinct table_name as name from information_schema.columns join information_schema.tables
       using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and column_name ~ $1`,
    [PERSONAL],
  )
  await client.end()
  const covered = new Set(personalTables.map(({ table }) => table))
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([])
})

/** Every row of the database as text, with its table. */
async function dump({ server }: PersonStory): Promise<{ table: string; row: string }[]> {
  const { pool } = server.deps
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  )
  const found = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`)
    found.push(...rows.map(({ row }) => ({ table: name.replace('public.', ''), row })))
  }
  return found
}

const word = (text: string) => new RegExp(`(?<![A-Za-z0-9])${text}(?![A-Za-z0-9])`)

test('an erasure leaves nothing of a person but an id to know them by, and all of everybody else', async () => {
  await using story = await startPersonStory()
  await liveALittle(story)
  const { db, server, api } = story
  const person = await findPerson(db, anna.id)
  const empty = []
  for (const { table, of } of personalTables) {
    const { rows } = await sql`select from ${sql.table(table)} t where ${of(person)}`.execute(db)
    if (rows.length === 0) empty.push(table)
  }
  // The fixture says something of everything; what was noted is worked off.
  expect(empty).toEqual(['tier_due', 'erased_customer'])
  const hersBefore = await story.exported(bella.id)
  const moneyBefore = (await api.get(`/customers/${anna.id}`)).json().totals
  expect(moneyBefore.orders).toBe(4)

  await story.erase()
  const { hash } = server.deps.cipher
  const { id, initial: _initial, memberNo, unionId, phone, notedPhone, ...texts } = anna
  const needles = [memberNo, unionId, phone, notedPhone, hash(phone), hash(notedPhone), ...Object.values(texts)]
  const rows = await dump(story)
  const left = rows.filter(({ row }) => needles.some((needle) => row.includes(needle)))
  expect(left).toEqual([])
  expect([...new Set(rows.filter(({ row }) => word(id).test(row)).map(({ table }) => table))].sort()).toEqual([
    'audit_entry',
    'erased_customer',
    'group_membership',
  ])
  expect((await api.get(`/customers/${id}`)).json()).toMatchObject({ status: 404, code: 'customer_erased' })
  expect((await api.get(`/customers/${id}/ownership`)).json().code).toBe('customer_erased')
  expect((await api.post(`/customers/${id}/export`, {})).json().code).toBe('customer_erased')

  const { pseudonym } = await db.selectFrom('erasedCustomer').selectAll().executeTakeFirstOrThrow()
  expect((await api.get(`/customers/${encodeURIComponent(pseudonym)}`)).json().totals).toEqual(moneyBefore)
  const revisions = await db
    .selectFrom('salesOrderRevision')
    .select('record')
    .where('orderId', 'like', 'o-%-of-A')
    .execute()
  expect(revisions.map(({ record }) => record.customer)).toEqual(Array(4).fill({ externalUserId: pseudonym }))
  expect(await db.selectFrom('coupon').select('code').where('externalUserId', '=', pseudonym).execute()).toHaveLength(1)

  const { 'audit_entry.json': _, '说明.txt': __, ...before } = hersBefore
  const { 'audit_entry.json': ___, '说明.txt': ____, ...after } = await story.exported(bella.id)
  expect(after).toEqual(before)
})

test('WeCom still lists an erased person, and the next full sync keeps nothing of them', async () => {
  await using story = await startPersonStory()
  const { api, simulator, db } = story
  await story.erase()
  await story.sync()
  await (await simulator.editRemark({ guide: 'LinXiao', customer: anna.id, remark: '又写了一遍' })).delivered
  await story.settled()
  expect((await api.get(`/customers/${anna.id}`)).statusCode).toBe(404)
  for (const needle of [anna.name, anna.unionId, anna.remark, '又写了一遍'])
    expect((await dump(story)).filter(({ row }) => row.includes(needle))).toEqual([])
  expect(await db.selectFrom('followRelation').select('externalUserId').execute()).toEqual([
    { externalUserId: bella.id },
  ])
  // An end alone brings nobody back.
  await (await simulator.deleteByCustomer({ guide: 'LinXiao', customer: anna.id })).delivered
  await story.settled()
  expect((await api.get(`/customers/${anna.id}`)).statusCode).toBe(404)
})

test('who befriends a guide after the erasure is a new customer, and may be erased once more', async () => {
  await using story = await startPersonStory()
  await liveALittle(story)
  const { api, simulator, db, server } = story
  await story.erase()
  story.later(60_000)
  await (await simulator.createMember({ userId: 'ChenChen', name: '陈晨', departmentIds: [2] })).delivered
  await (await simulator.addFriend({ guide: 'ChenChen', customer: anna.id })).delivered
  await story.settled()
  await story.sync()
  const again = (await api.get(`/customers/${anna.id}`)).json()
  expect(again).toMatchObject({ name: anna.name, owner: { userId: 'ChenChen' }, totals: { orders: 0 } })
  expect(again.relations.map(({ userId }: { userId: string }) => userId)).toEqual(['ChenChen'])
  expect(again.member).toBeUndefined()

  const first = await db.selectFrom('erasedCustomer').selectAll().executeTakeFirstOrThrow()
  await story.erase()
  const second = await db.selectFrom('erasedCustomer').selectAll().executeTakeFirstOrThrow()
  expect(second.pseudonym).not.toBe(first.pseudonym)
  expect(server.logs.join('')).not.toContain(anna.name)
})

test('an order that was first somebody else’s keeps to each what was hers', async () => {
  await using story = await startPersonStory()
  const { db, server, settled } = story
  const order = (externalUserId: string) =>
    put(server, 'orders', [makeOrder({ orderId: 'handed-on', customer: { externalUserId } })])
  await order(anna.id)
  await settled()
  await order(bella.id)
  await settled()
  const told = (files: Record<string, string>) => files['order_attribution.json'] ?? ''
  expect([told(await story.exported(anna.id)), told(await story.exported(bella.id))]).toEqual([
    expect.not.stringContaining(JSON.stringify(bella.id)),
    expect.not.stringContaining(JSON.stringify(anna.id)),
  ])

  await story.erase(bella.id)
  const versions = await db
    .selectFrom('orderAttribution')
    .select('externalUserId')
    .where('orderId', '=', 'handed-on')
    .orderBy('version')
    .execute()
  expect(versions.map(({ externalUserId }) => externalUserId)).toEqual([anna.id, expect.stringMatching(/^erased:/)])
})
