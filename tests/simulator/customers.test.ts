import { describe, expect, test } from 'vitest'
import { makeSimulator, relation, seed, type TestSimulator } from './make-simulator.ts'

const GET = 'externalcontact/get'
const BATCH = 'externalcontact/batch/get_by_user'

test('a customer is read with the guides who have them', async () => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(GET, { query: { external_userid: 'wmAnna' } })).toMatchObject({
    errcode: 0,
    external_contact: { external_userid: 'wmAnna', name: '安娜王', type: 1, gender: 2, unionid: 'oAnna' },
    follow_user: [{ userid: 'LinXiao', add_way: 1, tags: [{ tag_name: '重要', group_name: '等级', tag_id: 'etVip' }] }],
  })
})

test('a follower list beyond 500 comes in pages', async () => {
  const guides = Array.from({ length: 501 }, (_, index) => `guide${index}`)
  await using wecom = await makeSimulator({
    seed: {
      ...seed,
      members: guides.map((userId) => ({ userId, name: userId, departmentIds: [1], follows: true })),
      relations: guides.map((guide) => relation({ guide, customer: 'wmAnna' })),
      groups: [],
    },
  })
  const first = await wecom.call(GET, { query: { external_userid: 'wmAnna' } })
  expect(first.follow_user).toHaveLength(500)
  const second = await wecom.call(GET, { query: { external_userid: 'wmAnna', cursor: String(first.next_cursor) } })
  expect(second).toMatchObject({ external_contact: { name: '安娜王' }, follow_user: [{ userid: 'guide500' }] })
  expect(second).not.toHaveProperty('next_cursor')
})

test('an unknown, a never added and a half added customer', async () => {
  await using wecom = await makeSimulator()
  const read = (external_userid: string) => wecom.call(GET, { query: { external_userid } })
  expect(await read('wmStranger')).toMatchObject({ errcode: 40096 })
  expect(await read('')).toMatchObject({ errcode: 41035 })
  expect(await read('wmNobody')).toMatchObject({ errcode: 84061 })
  const { externalUserId } = await wecom.simulator.addFriend({ guide: 'zhou', half: true })
  expect(await read(externalUserId)).toMatchObject({ errcode: 84061 })
  await wecom.simulator.confirmHalf({ guide: 'zhou', customer: externalUserId })
  expect(await read(externalUserId)).toMatchObject({ errcode: 0, follow_user: [{ userid: 'zhou' }] })
})

test('the guide keeps a customer who left, and loses one they deleted', async () => {
  await using wecom = await makeSimulator()
  const pair = { guide: 'LinXiao', customer: 'wmAnna' }
  const read = () => wecom.call(GET, { query: { external_userid: 'wmAnna' } })
  await wecom.simulator.deleteByCustomer(pair)
  expect(await read()).toMatchObject({ errcode: 0 })
  await wecom.simulator.deleteByGuide(pair)
  expect(await read()).toMatchObject({ errcode: 84061 })
})

describe('batch/get_by_user', () => {
  const customers = Array.from({ length: 7 }, (_, index) => `wm${index}`)
  const make = () =>
    makeSimulator({
      seed: {
        ...seed,
        customers: customers.map((externalUserId) => ({ externalUserId, name: externalUserId, gender: 0 })),
        relations: [
          ...customers.map((customer) => relation({ guide: 'LinXiao', customer, tags: ['etVip'] })),
          relation({ guide: 'zhou', customer: 'wm0' }),
        ],
        groups: [],
      },
    })

  async function readAll(wecom: TestSimulator, limit: number) {
    const rows: unknown[] = []
    let cursor = ''
    do {
      const page = await wecom.call(BATCH, { body: { userid_list: ['zhou', 'linxiao'], limit, cursor } })
      if (!Array.isArray(page.external_contact_list)) throw new Error(page.errmsg)
      rows.push(...page.external_contact_list)
      cursor = String(page.next_cursor)
    } while (cursor)
    return rows
  }

  test.for([1, 2, 3, 7, 8, 100])('every relation comes once in pages of %i', async (limit) => {
    await using wecom = await make()
    const rows = await readAll(wecom, limit)
    const pairs = rows.map((row) => JSON.stringify(row))
    expect(new Set(pairs).size).toBe(8)
    expect(rows).toHaveLength(8)
    expect(rows).toContainEqual({
      external_contact: expect.objectContaining({ external_userid: 'wm3' }),
      follow_info: expect.objectContaining({ userid: 'LinXiao', tag_id: ['etVip'] }),
    })
  })

  test('its limits', async () => {
    await using wecom = await make()
    const call = (body: object) => wecom.call(BATCH, { body })
    expect(await call({ userid_list: Array(101).fill('zhou') })).toMatchObject({ errcode: 40032 })
    expect(await call({ userid_list: [] })).toMatchObject({ errcode: 40063 })
    expect(await call({ userid_list: ['nobody'] })).toMatchObject({ errcode: 40003 })
    expect(await call({ userid_list: ['boss'] })).toMatchObject({ errcode: 84074 })
    expect(await call({ userid_list: ['zhou'], cursor: 'made up' })).toMatchObject({ errcode: 50100 })
  })
})

test('externalcontact/list knows whom a guide has', async () => {
  await using wecom = await makeSimulator()
  const list = (userid: string) => wecom.call('externalcontact/list', { query: { userid } })
  expect(await list('LinXiao')).toMatchObject({ external_userid: ['wmAnna'] })
  expect(await list('zhou')).toMatchObject({ errcode: 84061 })
  expect(await wecom.call('externalcontact/get_follow_user_list')).toMatchObject({ follow_user: ['LinXiao', 'zhou'] })
})

test('a remark is written, limited in characters', async () => {
  await using wecom = await makeSimulator()
  const remark = (fields: object) =>
    wecom.call('externalcontact/remark', { body: { userid: 'LinXiao', external_userid: 'wmAnna', ...fields } })
  expect(await remark({ remark: '安'.repeat(20), remark_mobiles: ['13800000001'] })).toMatchObject({ errcode: 0 })
  expect(await remark({ remark: '安'.repeat(21) })).toMatchObject({ errcode: 40058 })
  expect(await remark({ description: '安'.repeat(151) })).toMatchObject({ errcode: 40058 })
  expect(await remark({})).toMatchObject({ errcode: 40063 })
  expect(await remark({ remark_mobiles: [''] })).toMatchObject({ errcode: 0 })
  expect(await wecom.call(GET, { query: { external_userid: 'wmAnna' } })).toMatchObject({
    follow_user: [{ remark: '安'.repeat(20), remark_mobiles: [] }],
  })
  expect(await remark({ userid: 'zhou', remark: 'x' })).toMatchObject({ errcode: 84061 })
})

test('members and departments', async () => {
  await using wecom = await makeSimulator()
  const get = (path: string, query: Record<string, string>) => wecom.call(path, { query })
  expect(await get('user/get', { userid: 'LINXIAO' })).toMatchObject({
    userid: 'LinXiao',
    name: '林晓',
    department: [2],
  })
  expect(await get('user/get', { userid: 'nobody' })).toMatchObject({ errcode: 60111 })
  expect(await get('user/get', { userid: 'LinXiao' })).not.toHaveProperty('mobile')
  expect(await get('user/simplelist', { department_id: '1' })).toMatchObject({ userlist: [{ userid: 'boss' }] })
  expect(await get('user/list', { department_id: '2' })).toMatchObject({
    userlist: [{ name: '林晓' }, { name: '周敏' }],
  })
  expect(await get('user/list', { department_id: '9' })).toMatchObject({ errcode: 60003 })
  expect(await get('department/list', {})).toMatchObject({ department: [{ id: 1 }, { id: 2, parentid: 1 }] })
  expect(await get('department/simplelist', { id: '2' })).toMatchObject({ department_id: [{ id: 2 }] })
})
