import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator, type TestSimulator } from './make-simulator.ts'

const BASE = 'externalcontact/customer_acquisition'

async function makeLink(wecom: TestSimulator, fields: object = {}): Promise<string> {
  const body = { link_name: '直播间', range: { user_list: ['zhou', 'linxiao'] }, ...fields }
  const { link } = await wecom.call(`${BASE}/create_link`, { body })
  return String(Reflect.get(Object(link), 'link_id'))
}

test('links are made, changed, listed and deleted', async () => {
  await using wecom = await makeSimulator()
  const range = { user_list: ['zhou'], department_list: [2] }
  const made = await wecom.call(`${BASE}/create_link`, { body: { link_name: '海报', range, skip_verify: false } })
  const create_time = wecom.clock.now().getTime() / 1000
  expect(made).toMatchObject({ errcode: 0, link: { link_name: '海报', create_time } })
  const link_id = String(Reflect.get(Object(made.link), 'link_id'))
  expect(Reflect.get(Object(made.link), 'url')).toContain(link_id)
  const call = (name: string, body: object = {}) => wecom.call(`${BASE}/${name}`, { body: { link_id, ...body } })
  expect(await call('get')).toMatchObject({ link: { skip_verify: false, mark_source: true }, range })
  expect(await call('update_link', { range: { user_list: ['LinXiao'] } })).toMatchObject({ errcode: 0 })
  expect(await call('get')).toMatchObject({
    link: { link_name: '海报', skip_verify: false },
    range: { user_list: ['LinXiao'], department_list: [] },
  })
  const other = await makeLink(wecom)
  const list = (body: object) => wecom.call(`${BASE}/list_link`, { body })
  const first = await list({ limit: 1 })
  expect(first).toMatchObject({ link_id_list: [link_id] })
  expect(await list({ limit: 1, cursor: first.next_cursor })).toMatchObject({ link_id_list: [other], next_cursor: '' })
  expect(await list({ limit: 101 })).toMatchObject({ errcode: 40058 })
  expect(await call('delete_link')).toMatchObject({ errcode: 0 })
  expect(await call('get')).toMatchObject({ errcode: 40058 })
})

test.for<[name: string, body: object, errcode: number]>([
  ['without a name', { range: { user_list: ['zhou'] } }, 40063],
  ['with a long name', { link_name: '名'.repeat(31), range: { user_list: ['zhou'] } }, 40058],
  ['without members', { link_name: 'x', range: {} }, 40063],
  ['for a stranger', { link_name: 'x', range: { user_list: ['ghost'] } }, 40003],
  ['for somebody without customer contact', { link_name: 'x', range: { user_list: ['boss'] } }, 84074],
  ['for an unknown department', { link_name: 'x', range: { department_list: [9] } }, 60003],
])('a link %s is refused', async ([, body, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(`${BASE}/create_link`, { body })).toMatchObject({ errcode })
  expect(wecom.simulator.world.acquisitionLinks.size).toBe(0)
})

test('who comes through a link carries its channel, and members take turns', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const link_id = await makeLink(wecom, { skip_verify: false })
  const long = '渠'.repeat(22) // 66 bytes
  const first = await wecom.simulator.addThroughLink({ linkId: link_id, channel: long })
  const second = await wecom.simulator.addThroughLink({ linkId: link_id, channel: '抖音' })
  expect([first.guide, second.guide]).toEqual(['zhou', 'LinXiao'])
  await Promise.all([first.delivered, second.delivered])
  const states = receiver.received.map((each) => fieldsOf(each).State)
  expect(states.sort()).toEqual(['抖音', '渠'.repeat(21)])
  const { externalUserId } = second
  expect(await wecom.call('externalcontact/get', { query: { external_userid: externalUserId } })).toMatchObject({
    follow_user: [{ userid: 'LinXiao', add_way: 16, state: '抖音' }],
  })
  wecom.simulator.customerSays({ guide: 'LinXiao', chat: externalUserId, text: '你好' })
  const customers = await wecom.call(`${BASE}/customer`, { body: { link_id } })
  expect(customers).toMatchObject({
    customer_list: [
      { userid: 'zhou', chat_status: 0, state: '渠'.repeat(21) },
      { external_userid: externalUserId, userid: 'LinXiao', chat_status: 1, state: '抖音' },
    ],
    next_cursor: '',
  })
  expect(await wecom.call(`${BASE}_quota`)).toMatchObject({ total: 1000, balance: 998 })
})

test('clicks and new friends are counted in days', async () => {
  await using wecom = await makeSimulator()
  const link_id = await makeLink(wecom)
  await wecom.simulator.openLink({ linkId: link_id })
  await wecom.simulator.addThroughLink({ linkId: link_id })
  const today = Date.parse('2026-11-20T00:00:00+08:00') / 1000
  const count = (start_time: number, end_time: number) =>
    wecom.call(`${BASE}/statistic`, { body: { link_id, start_time, end_time } })
  expect(await count(today, today)).toMatchObject({ click_link_customer_cnt: 2, new_customer_cnt: 1 })
  expect(await count(today - 86_400, today - 86_400)).toMatchObject({ click_link_customer_cnt: 0 })
  expect(await count(today + 1, today + 1)).toMatchObject({ errcode: 40058 })
  expect(await count(today - 31 * 86_400, today)).toMatchObject({ errcode: 40058 })
  expect(await count(today - 200 * 86_400, today - 199 * 86_400)).toMatchObject({ errcode: 40058 })
})

test('every acquisition event', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const LinkId = await makeLink(wecom)
  const told = () => receiver.received.splice(0).map(fieldsOf)
  const Event = 'customer_acquisition'

  await (await simulator.openLink({ linkId: LinkId, channel: 'a' })).delivered
  await (await simulator.requestThroughLink({ linkId: LinkId, channel: 'a' })).delivered
  await (await simulator.linkUnavailable({ linkId: LinkId })).delivered
  expect(told()).toEqual([
    { Event, ChangeType: 'open_profile', LinkId, State: 'a' },
    { Event, ChangeType: 'friend_request', LinkId, State: 'a' },
    { Event, ChangeType: 'link_unavailable', LinkId },
  ])

  await (await simulator.changeQuota({ balance: 20, expiresAt: 1_800_000_000 })).delivered
  expect(told()).toEqual([])
  const friend = await simulator.addThroughLink({ linkId: LinkId })
  await friend.delivered
  expect(told()).toEqual(
    expect.arrayContaining([
      { Event, ChangeType: 'balance_low' },
      expect.objectContaining({ ChangeType: 'add_half_external_contact' }),
    ]),
  )
  await (await simulator.quotaExpiresSoon()).delivered
  expect(told()).toEqual([{ Event, ChangeType: 'quota_expire_soon', ExpireTime: '1800000000', ExpireQuotaNum: '19' }])
  await (await simulator.changeQuota({ balance: 0 })).delivered
  await expect(simulator.addThroughLink({ linkId: LinkId })).rejects.toThrow('额度')
  await (await simulator.changeQuota({ balance: 5 })).delivered
  expect(told()).toEqual([
    { Event, ChangeType: 'balance_exhausted' },
    { Event, ChangeType: 'balance_increased' },
  ])

  const { guide, externalUserId } = friend
  for (let count = 0; count < 4; count++) simulator.customerSays({ guide, chat: externalUserId, text: '在吗' })
  await simulator.waitFor(() => receiver.received.length === 2)
  const [start, third] = told().sort((a, b) => String(a.ChangeType).localeCompare(String(b.ChangeType)))
  expect(start).toEqual({
    Event,
    ChangeType: 'customer_start_chat',
    UserID: guide,
    ExternalUserID: externalUserId,
    LinkId,
  })
  expect(Object.keys(third ?? {}).sort()).toEqual(['ChangeType', 'ChatKey', 'Event', 'LinkId'])
  const info = () => wecom.call(`${BASE}/get_chat_info`, { body: { chat_key: third?.ChatKey } })
  expect(await info()).toMatchObject({
    userid: guide,
    external_userid: externalUserId,
    chat_info: { recv_msg_cnt: 4, link_id: LinkId },
  })
  wecom.clock.advance(31 * 60_000)
  expect(await info()).toMatchObject({ errcode: 41201 })

  const byApi = await makeLink(wecom)
  await wecom.call(`${BASE}/delete_link`, { body: { link_id: byApi } })
  await (await simulator.deleteLink({ linkId: LinkId })).delivered
  expect(told()).toEqual([{ Event, ChangeType: 'delete_link', LinkId }])
  await expect(simulator.addThroughLink({ linkId: LinkId })).rejects.toThrow('失效')
})
