import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator, relation, seed, type TestSimulator } from './make-simulator.ts'

const TRANSFER = 'externalcontact/transfer_customer'
const RESULT = 'externalcontact/transfer_result'
const UNASSIGNED = 'externalcontact/get_unassigned_list'
const RESIGNED = 'externalcontact/resigned/transfer_customer'
const RESIGNED_RESULT = 'externalcontact/resigned/transfer_result'
const DAY_MS = 24 * 60 * 60_000
const PAIR = { handover_userid: 'LinXiao', takeover_userid: 'zhou' }

function handOver(wecom: TestSimulator, fields: object = {}) {
  return wecom.call(TRANSFER, { body: { ...PAIR, external_userid: ['wmAnna'], ...fields } })
}

test('a handover waits a day, then both sides are told, without a welcome', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  expect(await handOver(wecom)).toMatchObject({ errcode: 0, customer: [{ external_userid: 'wmAnna', errcode: 0 }] })
  const result = () => wecom.call(RESULT, { body: { ...PAIR, handover_userid: 'linxiao' } })
  const planned = wecom.clock.now().getTime() / 1000 + 86_400
  expect(await result()).toMatchObject({
    customer: [{ external_userid: 'wmAnna', status: 2, takeover_time: planned }],
    next_cursor: '',
  })
  expect(receiver.received).toEqual([])

  wecom.clock.advance(DAY_MS)
  await (await wecom.simulator.settleDueTransfers()).delivered
  expect(receiver.received.map(fieldsOf)).toEqual(
    expect.arrayContaining([
      {
        Event: 'change_external_contact',
        ChangeType: 'add_external_contact',
        UserID: 'zhou',
        ExternalUserID: 'wmAnna',
      },
      {
        Event: 'change_external_contact',
        ChangeType: 'del_external_contact',
        UserID: 'LinXiao',
        ExternalUserID: 'wmAnna',
        Source: 'DELETE_BY_TRANSFER',
      },
    ]),
  )
  expect(receiver.received).toHaveLength(2)
  expect(await result()).toMatchObject({ customer: [{ status: 1, takeover_time: planned }] })
  const read = await wecom.call('externalcontact/get', { query: { external_userid: 'wmAnna' } })
  expect(read.follow_user).toMatchObject([{ userid: 'zhou', add_way: 202, tags: [{ tag_id: 'etVip' }] }])
})

test('any call settles what is due', async () => {
  await using wecom = await makeSimulator()
  await handOver(wecom)
  wecom.clock.advance(DAY_MS)
  expect(await wecom.call('externalcontact/list', { query: { userid: 'zhou' } })).toMatchObject({
    external_userid: ['wmAnna'],
  })
})

test.for([
  ['refused', 'customer_refused', 3],
  ['limit', 'customer_limit_exceed', 4],
] as const)('a handover that ends with %s changes nothing and is told', async ([outcome, FailReason, status]) => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  await handOver(wecom)
  await (await wecom.simulator.settleTransfer({ guide: 'LinXiao', customer: 'wmAnna', outcome })).delivered
  expect(receiver.received.map(fieldsOf)).toEqual([
    {
      Event: 'change_external_contact',
      ChangeType: 'transfer_fail',
      FailReason,
      UserID: 'zhou',
      ExternalUserID: 'wmAnna',
    },
  ])
  expect(await wecom.call(RESULT, { body: PAIR })).toMatchObject({ customer: [{ status }] })
  expect(await wecom.call('externalcontact/list', { query: { userid: 'LinXiao' } })).toMatchObject({
    external_userid: ['wmAnna'],
  })
})

test('who has the customer already, or once gave them away, is told of no new friend', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const settle = async (guide: string) =>
    (await simulator.settleTransfer({ guide, customer: 'wmAnna', outcome: 'done' })).delivered
  const changes = () => receiver.received.splice(0).map((each) => fieldsOf(each).ChangeType)

  await (await simulator.addFriend({ guide: 'zhou', customer: 'wmAnna' })).delivered
  changes()
  await handOver(wecom)
  await settle('LinXiao')
  expect(changes()).toEqual(['del_external_contact'])

  await handOver(wecom, { handover_userid: 'zhou', takeover_userid: 'LinXiao' })
  await settle('zhou')
  expect(changes()).toEqual(['del_external_contact'])
  expect(await wecom.call('externalcontact/list', { query: { userid: 'LinXiao' } })).toMatchObject({
    external_userid: ['wmAnna'],
  })
})

test.for<[name: string, fields: object, errcode: number]>([
  ['of a stranger', { external_userid: ['wmGhost'] }, 40096],
  ['of somebody else’s customer', { external_userid: ['wmNobody'] }, 40131],
  ['to oneself', { takeover_userid: 'LinXiao' }, 40130],
])('a handover %s is refused for this customer', async ([, fields, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await handOver(wecom, fields)).toMatchObject({ errcode: 0, customer: [{ errcode }] })
})

test.for<[name: string, path: string, fields: object, errcode: number]>([
  ['by a stranger', TRANSFER, { handover_userid: 'ghost' }, 40003],
  ['to a stranger', TRANSFER, { takeover_userid: 'ghost' }, 40003],
  ['to somebody without customer contact', TRANSFER, { takeover_userid: 'boss' }, 84074],
  ['of nobody', TRANSFER, { external_userid: [] }, 40063],
  ['of 101', TRANSFER, { external_userid: Array(101).fill('wmAnna') }, 40058],
  ['with a long message', TRANSFER, { transfer_success_msg: '好'.repeat(201) }, 40058],
])('a handover %s is refused', async ([, path, fields, errcode]) => {
  await using wecom = await makeSimulator()
  const body = { ...PAIR, external_userid: ['wmAnna'], ...fields }
  expect(await wecom.call(path, { body })).toMatchObject({ errcode })
})

test('one customer changes hands twice in 90 days, and is in one handover at a time', async () => {
  await using wecom = await makeSimulator()
  const there = () => handOver(wecom)
  const back = () => handOver(wecom, { handover_userid: 'zhou', takeover_userid: 'LinXiao' })
  await there()
  expect(await there()).toMatchObject({ customer: [{ errcode: 40129 }] })
  wecom.clock.advance(DAY_MS)
  expect(await back()).toMatchObject({ customer: [{ errcode: 0 }] })
  wecom.clock.advance(DAY_MS)
  expect(await there()).toMatchObject({ customer: [{ errcode: 40128 }] })
  wecom.clock.advance(90 * DAY_MS)
  expect(await there()).toMatchObject({ customer: [{ errcode: 0 }] })
})

test('a taker who is full gets nobody more', async () => {
  await using wecom = await makeSimulator({ limits: { customersPerMember: 1 } })
  await wecom.simulator.addFriend({ guide: 'zhou' })
  expect(await handOver(wecom)).toMatchObject({ customer: [{ errcode: 40099 }] })
  wecom.simulator.setLimits({ customersPerMember: 2 })
  expect(await handOver(wecom)).toMatchObject({ customer: [{ errcode: 0 }] })
  await wecom.simulator.addFriend({ guide: 'zhou' })
  wecom.clock.advance(DAY_MS)
  expect(await wecom.call(RESULT, { body: PAIR })).toMatchObject({ customer: [{ status: 4 }] })
})

test('two handovers of one member at once collide', async () => {
  await using wecom = await makeSimulator()
  const release = wecom.simulator.hold(TRANSFER)
  const both = [handOver(wecom), handOver(wecom, { handover_userid: 'linxiao' })]
  expect(await Promise.race(both)).toMatchObject({ errcode: 45035 })
  release()
  expect((await Promise.all(both)).map(({ errcode }) => errcode).sort()).toEqual([0, 45035])
})

test('customers of a member who left wait for somebody else', async () => {
  await using receiver = await callbackReceiver()
  const customers = ['wmA', 'wmB', 'wmC']
  await using wecom = await connected(receiver, {
    seed: {
      ...seed,
      customers: customers.map((externalUserId) => ({ externalUserId, name: externalUserId, gender: 0 })),
      relations: customers.map((customer) => relation({ guide: 'LinXiao', customer })),
      groups: [],
    },
  })
  const { simulator } = wecom
  const give = (external_userid: string[]) => wecom.call(RESIGNED, { body: { ...PAIR, external_userid } })
  expect(await give(['wmA'])).toMatchObject({ customer: [{ errcode: 40097 }] })
  expect(await wecom.call(UNASSIGNED, { body: {} })).toMatchObject({ info: [], is_last: true, next_cursor: '' })
  await (await simulator.deleteMember({ userId: 'LinXiao' })).delivered
  receiver.received.splice(0)

  const dimission_time = wecom.clock.now().getTime() / 1000
  const first = await wecom.call(UNASSIGNED, { body: { page_size: 2 } })
  expect(first).toMatchObject({
    info: [
      { handover_userid: 'LinXiao', external_userid: 'wmA', dimission_time },
      { external_userid: 'wmB', dimission_time },
    ],
    is_last: false,
  })
  expect(await wecom.call(UNASSIGNED, { body: { page_size: 2, cursor: first.next_cursor } })).toMatchObject({
    info: [{ external_userid: 'wmC' }],
    is_last: true,
  })
  expect(await wecom.call(UNASSIGNED, { body: { page_size: 1001 } })).toMatchObject({ errcode: 40058 })

  expect(await handOver(wecom, { external_userid: ['wmA'] })).toMatchObject({ errcode: 40003 })
  expect(await give(['wmA', 'wmB'])).toMatchObject({ customer: [{ errcode: 0 }, { errcode: 0 }] })
  expect(await give(['wmA'])).toMatchObject({ customer: [{ errcode: 40100 }] })
  await (await simulator.settleTransfer({ guide: 'zhou', customer: 'wmB', outcome: 'refused' })).delivered
  await (await simulator.settleTransfer({ guide: 'zhou', customer: 'wmA', outcome: 'done' })).delivered
  // The giver is out of range: nothing is told about them.
  expect(receiver.received.map(fieldsOf)).toMatchObject([
    { ChangeType: 'transfer_fail', UserID: 'zhou', ExternalUserID: 'wmB' },
    { ChangeType: 'add_external_contact', UserID: 'zhou', ExternalUserID: 'wmA' },
  ])
  expect(await wecom.call(RESIGNED_RESULT, { body: PAIR })).toMatchObject({
    customer: [
      { external_userid: 'wmA', status: 1 },
      { external_userid: 'wmB', status: 3 },
    ],
  })
  expect(await wecom.call(RESULT, { body: PAIR })).toMatchObject({ customer: [] })
  expect(await wecom.call(UNASSIGNED, { body: {} })).toMatchObject({
    info: [{ external_userid: 'wmB' }, { external_userid: 'wmC' }],
  })
  wecom.clock.advance(366 * DAY_MS)
  expect(await give(['wmC'])).toMatchObject({ errcode: 40003 })
})

const ONJOB = 'externalcontact/groupchat/onjob_transfer'
const OF_LEAVER = 'externalcontact/groupchat/transfer'

test('a group changes hands in silence, with its new owner in it', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const give = (path: string, new_owner: string, chats = ['wrOld']) =>
    wecom.call(path, { body: { chat_id_list: chats, new_owner } })
  const group = () => wecom.call('externalcontact/groupchat/get', { body: { chat_id: 'wrOld' } })
  const before = (await group()).group_chat
  expect(await give(OF_LEAVER, 'zhou')).toMatchObject({ errcode: 0, failed_chat_list: [{ errcode: 90500 }] })
  expect(await give(ONJOB, 'zhou', ['wrOld', 'wrGone'])).toMatchObject({
    failed_chat_list: [{ chat_id: 'wrGone', errcode: 90501 }],
  })
  const after = (await group()).group_chat
  expect(after).toMatchObject({ owner: 'zhou', member_list: [{}, {}, { userid: 'zhou' }] })
  expect(after).not.toHaveProperty('member_version', Reflect.get(Object(before), 'member_version'))
  expect(await give(ONJOB, 'zhou')).toMatchObject({ failed_chat_list: [{ errcode: 90504 }] })
  await give(ONJOB, 'LinXiao')
  expect(await give(ONJOB, 'zhou')).toMatchObject({ failed_chat_list: [{ errcode: 40128 }] })
  expect(receiver.received).toEqual([])
})

test('groups of an owner who left, and the limits of who takes them', async () => {
  await using wecom = await makeSimulator({ limits: { groupsTakenPerDay: 1 } })
  const { chatId } = await wecom.simulator.createGroup({ owner: 'LinXiao', name: '第二个群' })
  await wecom.simulator.deleteMember({ userId: 'LinXiao' })
  const list = (fields: object) => wecom.call('externalcontact/groupchat/list', { body: { limit: 10, ...fields } })
  const owners = (userid: string) => ({ owner_filter: { userid_list: [userid] } })
  expect(await list({ status_filter: 1, ...owners('linxiao') })).toMatchObject({
    group_chat_list: [
      { chat_id: 'wrOld', status: 1 },
      { chat_id: chatId, status: 1 },
    ],
  })
  const give = (path: string, chat_id_list: string[], new_owner = 'zhou') =>
    wecom.call(path, { body: { chat_id_list, new_owner } })
  expect(await give(ONJOB, ['wrOld'])).toMatchObject({ failed_chat_list: [{ errcode: 90502 }] })
  expect(await give(OF_LEAVER, ['wrOld', chatId])).toMatchObject({
    failed_chat_list: [{ chat_id: chatId, errcode: 45009 }],
  })
  expect(await list(owners('zhou'))).toMatchObject({ group_chat_list: [{ chat_id: 'wrOld', status: 3 }] })
  wecom.clock.advance(DAY_MS)
  expect(await give(OF_LEAVER, [chatId])).toMatchObject({ failed_chat_list: [] })
  expect(await give(OF_LEAVER, [])).toMatchObject({ errcode: 40063 })
  expect(await give(OF_LEAVER, Array(101).fill('wrOld'))).toMatchObject({ errcode: 40058 })
  expect(await give(OF_LEAVER, ['wrOld'], 'boss')).toMatchObject({ errcode: 84074 })
})
