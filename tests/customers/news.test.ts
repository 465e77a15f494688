import {
  type CustomerNews,
  keepCustomerNews,
  keepManyCustomerNews,
  type MirroredRelation,
} from '@zhanggui/server/customers/customers.repository.ts'
import { sealPhones } from '@zhanggui/server/customers/noted-phones.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())

const at = (second: number) => new Date(1_790_000_000_000 + second * 1000)
let count = 0
const someone = () => {
  count += 1
  return `wmNews${count}`
}

function told(id: string, heard: number, relation: Partial<MirroredRelation> = {}): CustomerNews {
  const whole: MirroredRelation = {
    guideUserId: 'LinXiao',
    startedAt: at(0),
    remark: null,
    description: null,
    addWay: 1,
    channelState: null,
    operUserId: 'LinXiao',
    company: null,
    phones: { hashes: [], sealed: null },
    tags: [],
    ...relation,
  }
  const profile = { name: '安娜王', type: 1, gender: 2, avatar: null, unionId: null, corpName: null }
  return { externalUserId: id, heardAt: at(heard), mirrored: { ...profile, relations: [whole] } }
}

const keep = (news: CustomerNews) => keepCustomerNews(t.deps.db, news)
const keepMany = (news: CustomerNews[]) => t.deps.db.transaction().execute((tx) => keepManyCustomerNews(tx, news))
const relationOf = (id: string, guide = 'LinXiao') =>
  t.db
    .selectFrom('followRelation')
    .selectAll()
    .where('externalUserId', '=', id)
    .where('guideUserId', '=', guide)
    .executeTakeFirst()
const tagsOf = async (id: string) => {
  const rows = await t.db
    .selectFrom('relationTag')
    .select('name')
    .where('externalUserId', '=', id)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

test('an end found by absence is void once WeCom names the relation again', async () => {
  const id = someone()
  await keep(told(id, 10))
  const missing = { guideUserId: 'LinXiao', what: 'ended', endedBy: 'missing', at: at(20) } as const
  await keep({ externalUserId: id, heardAt: at(20), change: missing })
  expect(await relationOf(id)).toMatchObject({ endedAt: at(20), endedBy: 'missing' })

  await keep(told(id, 15)) // asked before the absence was found
  expect(await relationOf(id)).toMatchObject({ endedBy: 'missing' })
  await keep(told(id, 30))
  expect(await relationOf(id)).toMatchObject({ startedAt: at(0), endedAt: null, endedBy: null })
  await keep(told(id, 30))
  expect(await relationOf(id)).toMatchObject({ startedAt: at(0), endedAt: null })
})

test('a deletion by the customer outlives listings that still name the relation', async () => {
  const id = someone()
  const deletion = { guideUserId: 'LinXiao', what: 'ended', endedBy: 'customer', at: at(20) } as const
  await keep({ externalUserId: id, heardAt: at(20), change: deletion })
  await keep(told(id, 30))
  expect(await relationOf(id)).toMatchObject({ startedAt: at(0), endedAt: at(20), endedBy: 'customer' })
})

test('a full listing tells corp tags by id and leaves the guide’s own tags alone', async () => {
  const id = someone()
  await keep(told(id, 10, { tags: [{ tagId: 'etSilver', name: '喜欢银色', groupName: '风格' }], ownTags: ['爱喝茶'] }))
  expect(await tagsOf(id)).toEqual(['喜欢银色', '爱喝茶'])
  await keepMany([told(id, 20, { tags: [{ tagId: 'etGold' }] })])
  expect(await tagsOf(id)).toEqual(['爱喝茶']) // nobody has named etGold yet
  await keep(told(id, 30, { tags: [{ tagId: 'etGold', name: '喜欢金色' }], ownTags: [] }))
  expect(await tagsOf(id)).toEqual(['喜欢金色'])
})

test('one customer of two guides in one page, and what the page changed, by kind', async () => {
  const [first, second] = [someone(), someone()]
  const page = (heard: number, remark: string | null) => [
    told(first, heard, { remark }),
    told(first, heard, { guideUserId: 'ZhaoMin', startedAt: at(-60), tags: [{ tagId: 'etSilver' }] }),
    told(second, heard),
  ]
  expect(await keepMany(page(10, null))).toEqual({
    newCustomers: 2,
    changedCustomers: 0,
    newRelations: 3,
    changedRelations: 0,
    changedTags: 1,
  })
  expect(await keepMany(page(20, '周末来'))).toEqual({
    newCustomers: 0,
    changedCustomers: 0,
    newRelations: 0,
    changedRelations: 1,
    changedTags: 0,
  })
  expect(await relationOf(second)).toMatchObject({ mirroredAt: at(20) })
  const owners = await t.db
    .selectFrom('customer')
    .select(['externalUserId', 'ownerUserId'])
    .where('externalUserId', '=', first)
    .execute()
  expect(owners).toEqual([{ externalUserId: first, ownerUserId: 'ZhaoMin' }])
})

test('an answer to an older question changes nothing, in a page as alone', async () => {
  const id = someone()
  await keep(told(id, 20, { remark: '新的', tags: [{ tagId: 'etSilver' }] }))
  await keepMany([told(id, 10, { remark: '旧的' })])
  expect(await relationOf(id)).toMatchObject({ remark: '新的', mirroredAt: at(20) })
  expect(await tagsOf(id)).toEqual(['喜欢银色'])
})

test('phones a guide noted are sealed, and only another list is a change', async () => {
  const id = someone()
  const phones = () => sealPhones(['13812345678'], t.deps.cipher)
  await keep(told(id, 10, { phones: phones() }))
  const held = await relationOf(id)
  if (!held?.phonesSealed) throw new Error('no phones kept')
  expect(JSON.parse(t.deps.cipher.open(held.phonesSealed))).toEqual(['13812345678'])
  expect(await keepMany([told(id, 20, { phones: phones() })])).toMatchObject({ changedRelations: 0 })
  expect(await keepMany([told(id, 30, { phones: sealPhones([''], t.deps.cipher) })])).toMatchObject({
    changedRelations: 1,
  })
  expect(await relationOf(id)).toMatchObject({ phoneHashes: [], phonesSealed: null })
})

test('ownership follows the last move, whatever is heard of first friends afterwards', async () => {
  const id = someone()
  await keep(told(id, 10))
  const move = {
    externalUserId: id,
    fromUserId: 'LinXiao',
    toUserId: 'ZhaoMin',
    cause: 'ruling',
    sourceKey: `r${id}`,
    movedAt: at(15),
  }
  await t.db
    .insertInto('ownerMove')
    .values({ ...move, cause: 'ruling' })
    .execute()
  await keep(told(id, 20, { guideUserId: 'Early', startedAt: at(-100) }))
  const customer = await t.db
    .selectFrom('customer')
    .selectAll()
    .where('externalUserId', '=', id)
    .executeTakeFirstOrThrow()
  expect(customer).toMatchObject({ ownerUserId: 'ZhaoMin', ownerSince: at(15) })
})

test('of an erased person nothing is kept but what began since', async () => {
  const id = someone()
  await t.db
    .insertInto('erasedCustomer')
    .values({ externalUserId: id, erasedAt: at(50), pseudonym: `p${id}` })
    .execute()
  expect(await keepMany([told(id, 60)])).toMatchObject({ newCustomers: 0, newRelations: 0 })
  expect(await relationOf(id)).toBeUndefined()
  expect(await t.db.selectFrom('customer').selectAll().where('externalUserId', '=', id).execute()).toEqual([])
  expect(await t.db.selectFrom('followHistory').selectAll().where('externalUserId', '=', id).execute()).toEqual([])

  await keepMany([told(id, 90, { startedAt: at(80), guideUserId: 'ZhaoMin' }), told(id, 90)])
  expect(await relationOf(id)).toBeUndefined()
  expect(await relationOf(id, 'ZhaoMin')).toMatchObject({ startedAt: at(80), endedAt: null })
})

test('pages that share customers in another order never wait for each other for ever', async () => {
  const ids = Array.from({ length: 40 }, someone)
  const page = (guide: string, order: string[]) => order.map((id) => told(id, 10, { guideUserId: guide }))
  await Promise.all([keepMany(page('A', ids)), keepMany(page('B', ids.toReversed())), keepMany(page('C', ids))])
  const { relations } = await t.db
    .selectFrom('followRelation')
    .select((row) => row.fn.countAll<number>().as('relations'))
    .where('externalUserId', 'in', ids)
    .executeTakeFirstOrThrow()
  expect(relations).toBe(120)
})

test('a relation begins when WeCom says it was made, though the end of the one before was never heard of', async () => {
  const id = someone()
  await keep(told(id, 10))
  await keep(told(id, 60, { startedAt: at(50) }))
  expect(await relationOf(id)).toMatchObject({ startedAt: at(50), endedAt: null })
  // A callback's own time is not the relation's: the answer stands.
  await keep({ externalUserId: id, heardAt: at(70), change: { guideUserId: 'LinXiao', what: 'started', at: at(52) } })
  expect(await relationOf(id)).toMatchObject({ startedAt: at(50), endedAt: null })
})
