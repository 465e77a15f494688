import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator, relation, seed, type TestSimulator } from './make-simulator.ts'

const WAY = 'externalcontact/add_contact_way'
const UPDATE = 'externalcontact/update_contact_way'
const JOIN = 'externalcontact/groupchat/add_join_way'

async function makeWay(wecom: TestSimulator, fields: object): Promise<string> {
  return String((await wecom.call(WAY, { body: { type: 2, scene: 2, ...fields } })).config_id)
}

test('a code is a picture', async () => {
  await using wecom = await makeSimulator()
  const { qr_code } = await wecom.call(WAY, { body: { type: 1, scene: 2, user: ['zhou'] } })
  const answer = await fetch(String(qr_code))
  expect(answer.headers.get('content-type')).toBe('image/png')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect((await fetch(`${wecom.simulator.url}/simulator/qr/made-up.png`)).status).toBe(404)
  // The button inside a mini program has none.
  expect(await wecom.call(WAY, { body: { type: 1, scene: 1, style: 1, user: ['zhou'] } })).not.toHaveProperty('qr_code')
})

test('who scans the code of several members comes to each in turn, with its state', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const configId = await makeWay(wecom, { user: ['zhou', 'linxiao'], state: '店门口', skip_verify: false })
  const guides: string[] = []
  for (let scans = 0; scans < 3; scans++) {
    const friend = await simulator.scanContactWay({ configId })
    await friend.delivered
    guides.push(friend.guide)
  }
  expect(guides).toEqual(['zhou', 'LinXiao', 'zhou'])
  expect(receiver.received.map(fieldsOf)).toMatchObject(
    guides.map((UserID) => ({ ChangeType: 'add_external_contact', UserID, State: '店门口' })),
  )
  // Anna is LinXiao's already.
  expect(await simulator.scanContactWay({ state: '店门口', customer: 'wmAnna' })).toMatchObject({ guide: 'zhou' })
  await expect(simulator.scanContactWay({ configId, customer: 'wmAnna' })).rejects.toThrow('没有可以添加的成员')
  await wecom.call('externalcontact/del_contact_way', { body: { config_id: configId } })
  await expect(simulator.scanContactWay({ configId })).rejects.toThrow('失效')
})

test('a code without verification makes half friends, one for a department leads below it', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const configId = await makeWay(wecom, { party: [1] })
  const friend = await wecom.simulator.scanContactWay({ configId })
  await friend.delivered
  expect(friend.guide).toBe('LinXiao')
  expect(receiver.received.map(fieldsOf)).toMatchObject([{ ChangeType: 'add_half_external_contact' }])
  await wecom.simulator.changeStanding({ userId: 'LinXiao', configured: false })
  expect(await wecom.simulator.scanContactWay({ configId })).toMatchObject({ guide: 'zhou' })
})

test('user and party overwrite, type and scene stay, what is not given stays', async () => {
  await using wecom = await makeSimulator()
  const config_id = await makeWay(wecom, { user: ['zhou'], party: [2], remark: '门口', state: 's1' })
  const update = (fields: object) => wecom.call(UPDATE, { body: { config_id, ...fields } })
  const read = () => wecom.call('externalcontact/get_contact_way', { body: { config_id } })
  expect(await update({ type: 1, scene: 1, party: [], skip_verify: false })).toMatchObject({ errcode: 0 })
  expect(await read()).toMatchObject({
    contact_way: { type: 2, scene: 2, user: ['zhou'], party: [], remark: '门口', state: 's1', skip_verify: false },
  })
  expect(await update({ user: [] })).toMatchObject({ errcode: 40063 })
  expect(await update({ config_id: 'lost' })).toMatchObject({ errcode: 41044 })
  expect(await update({ config_id: '' })).toMatchObject({ errcode: 41043 })
})

test('who lost a config_id finds it in the list of the last 90 days only', async () => {
  await using wecom = await makeSimulator()
  const config_id = await makeWay(wecom, { user: ['zhou'] })
  const list = (body: object = {}) => wecom.call('externalcontact/list_contact_way', { body })
  expect(await list()).toMatchObject({ contact_way: [{ config_id }], next_cursor: '' })
  wecom.clock.advance(91 * 86_400_000)
  expect(await list()).toMatchObject({ contact_way: [] })
  expect(await list({ start_time: 1_700_000_000 })).toMatchObject({ contact_way: [{ config_id }] })
})

test('members must be activated and serve customers; 100 at most, departments counted with what is below', async () => {
  const many = Array.from({ length: 99 }, (_, index) => `guide${index}`)
  await using wecom = await makeSimulator({
    seed: {
      ...seed,
      members: [
        ...seed.members,
        { userId: 'new', name: '新来的', departmentIds: [1], follows: true, status: 4 },
        ...many.map((userId) => ({ userId, name: userId, departmentIds: [2], follows: true })),
      ],
    },
  })
  const add = (fields: object) => wecom.call(WAY, { body: { type: 2, scene: 2, ...fields } })
  expect(await add({ user: ['new'] })).toMatchObject({ errcode: 41054 })
  expect(await add({ user: ['boss'] })).toMatchObject({ errcode: 84074 })
  expect(await add({ party: [1] })).toMatchObject({ errcode: 41041 })
  expect(await add({ party: [9] })).toMatchObject({ errcode: 60003 })
  expect(await add({ user: many })).toMatchObject({ errcode: 0 })
  expect(await add({ type: 1, user: ['zhou'], party: [2] })).toMatchObject({ errcode: 40058 })
})

test('contact ways and join ways share one quota', async () => {
  await using wecom = await makeSimulator({ limits: { contactWays: 2 } })
  await makeWay(wecom, { user: ['zhou'] })
  const join = () => wecom.call(JOIN, { body: { scene: 2, chat_id_list: ['wrOld'] } })
  expect(await join()).toMatchObject({ errcode: 0 })
  expect(await join()).toMatchObject({ errcode: 41045 })
  expect(await wecom.call(WAY, { body: { type: 2, scene: 2, user: ['zhou'] } })).toMatchObject({ errcode: 41045 })
})

test('who joins through a join way carries its state; a full group is followed by the next', async () => {
  await using wecom = await makeSimulator({ limits: { groupMembers: 3 } })
  const added = await wecom.call(JOIN, {
    body: { scene: 2, chat_id_list: ['wrOld'], state: '门店群码', room_base_name: '老友群', room_base_id: 2 },
  })
  expect(added).not.toHaveProperty('qr_code')
  const config_id = String(added.config_id)
  const read = () => wecom.call('externalcontact/groupchat/get_join_way', { body: { config_id } })
  const { qr_code } = Object(Reflect.get(await read(), 'join_way'))
  expect((await fetch(String(qr_code))).headers.get('content-type')).toBe('image/png')

  const { chatId } = await wecom.simulator.scanJoinWay({ configId: config_id, members: ['wmNobody'] })
  expect(chatId).toBe('wrOld')
  const group = (chat_id: string) => wecom.call('externalcontact/groupchat/get', { body: { chat_id } })
  expect(await group('wrOld')).toMatchObject({
    group_chat: { member_list: [{}, {}, { userid: 'wmNobody', join_scene: 3, state: '门店群码' }] },
  })
  const next = await wecom.simulator.scanJoinWay({ configId: config_id, members: ['woPartner'] })
  expect(await group(next.chatId)).toMatchObject({ group_chat: { name: '老友群2', owner: 'LinXiao' } })
  expect(await read()).toMatchObject({ join_way: { chat_id_list: ['wrOld', next.chatId], room_base_id: 3 } })

  const update = (fields: object) =>
    wecom.call('externalcontact/groupchat/update_join_way', { body: { config_id, ...fields } })
  expect(await update({ scene: 2 })).toMatchObject({ errcode: 40063 })
  expect(await update({ scene: 2, chat_id_list: ['wrOld'], remark: '长'.repeat(40) })).toMatchObject({ errcode: 0 })
  expect(await read()).toMatchObject({
    join_way: { state: '', room_base_name: '', chat_id_list: ['wrOld'], remark: '长'.repeat(30) },
  })
  await wecom.call('externalcontact/groupchat/del_join_way', { body: { config_id } })
  expect(await read()).toMatchObject({ errcode: 41044 })
})

test.for<[name: string, body: object, errcode: number]>([
  ['without a scene', { chat_id_list: ['wrOld'] }, 41038],
  ['without groups', { scene: 2 }, 40063],
  ['for six groups', { scene: 2, chat_id_list: Array(6).fill('wrOld') }, 41091],
  ['for no group of ours', { scene: 2, chat_id_list: ['wrGone'] }, 90501],
  ['with a long state', { scene: 2, chat_id_list: ['wrOld'], state: '长'.repeat(31) }, 40058],
])('a join way %s is refused', async ([, body, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(JOIN, { body })).toMatchObject({ errcode })
})

test('a customer may be followed through several codes', async () => {
  await using wecom = await makeSimulator({
    seed: { ...seed, relations: [relation({ guide: 'LinXiao', customer: 'wmAnna', lost: true })] },
  })
  const configId = await makeWay(wecom, { user: ['LinXiao'], state: '回来' })
  const { guide } = await wecom.simulator.scanContactWay({ configId, customer: 'wmAnna' })
  expect(wecom.simulator.world.relations.get(guide)?.get('wmAnna')).toMatchObject({ channelState: '回来' })
})
