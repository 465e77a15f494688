import { expect, test } from 'vitest'
import { makeSimulator } from './make-simulator.ts'

const LIST = 'externalcontact/groupchat/list'
const GROUP = 'externalcontact/groupchat/get'
const SEND = 'message/send'
const WAY = 'externalcontact/add_contact_way'

test('groups are listed by owner and read with their members', async () => {
  await using wecom = await makeSimulator()
  const { chatId } = await wecom.simulator.createGroup({ owner: 'zhou', name: '新群', members: ['wmAnna'] })
  const list = (body: object) => wecom.call(LIST, { body })
  expect(await list({ limit: 1 })).toMatchObject({ group_chat_list: [{ chat_id: 'wrOld', status: 0 }] })
  const { next_cursor: cursor } = await list({ limit: 1 })
  expect(await list({ limit: 1, cursor })).toMatchObject({ group_chat_list: [{ chat_id: chatId }], next_cursor: '' })
  const ofZhou = { owner_filter: { userid_list: ['ZHOU'] }, limit: 1000 }
  expect(await list(ofZhou)).toMatchObject({ group_chat_list: [{ chat_id: chatId }] })
  expect(await list({})).toMatchObject({ errcode: 40058 })
  expect(await list({ limit: 1001 })).toMatchObject({ errcode: 40058 })

  const get = (fields: object) => wecom.call(GROUP, { body: fields })
  expect(await get({ chat_id: 'wrOld', need_name: 1 })).toMatchObject({
    group_chat: {
      owner: 'LinXiao',
      member_list: [
        { userid: 'LinXiao', type: 1, name: '林晓' },
        { userid: 'wmAnna', type: 2, unionid: 'oAnna', join_scene: 3 },
      ],
    },
  })
  await wecom.simulator.dismissGroup({ chatId: 'wrOld' })
  expect(await get({ chat_id: 'wrOld' })).toMatchObject({ errcode: 49008 })
  expect(await get({ chat_id: 'wrGone' })).toMatchObject({ errcode: 90501 })
})

test('a message reaches the guides it can, the rest comes back in lower case', async () => {
  await using wecom = await makeSimulator()
  const textcard = { title: '任务', description: '今天跟进三位', url: 'https://x.test' }
  const message = { touser: 'LinXiao|Ghost.A', msgtype: 'textcard', agentid: 1000077, textcard }
  expect(await wecom.call(SEND, { body: message })).toMatchObject({ errcode: 0, invaliduser: 'ghost.a' })
  expect(wecom.simulator.world.appMessages).toMatchObject([{ guide: 'LinXiao', title: '任务', text: '今天跟进三位' }])
})

test('over thirty messages a minute to one guide are dropped without an error', async () => {
  await using wecom = await makeSimulator()
  const body = { touser: 'LinXiao', msgtype: 'text', agentid: 1000077, text: { content: '嗨' } }
  for (let times = 0; times < 31; times++) expect(await wecom.call(SEND, { body })).toMatchObject({ errcode: 0 })
  expect(wecom.simulator.world.appMessages).toHaveLength(30)
})

const text = { msgtype: 'text', text: { content: '嗨' } }
test.for<[name: string, body: object, errcode: number]>([
  ['to nobody', { agentid: 1000077, ...text }, 82001],
  ['to strangers only', { touser: 'ghost', agentid: 1000077, ...text }, 81013],
  ['with the agentid as text', { touser: 'zhou', agentid: '1000077', ...text }, 40056],
  ['of another app', { touser: 'zhou', agentid: 1000078, ...text }, 301002],
  ['of no type', { touser: 'zhou', agentid: 1000077 }, 40008],
  [
    'card without description',
    { touser: 'zhou', agentid: 1000077, msgtype: 'textcard', textcard: { title: 't', url: 'https://x.test' } },
    41033,
  ],
])('a message %s is refused', async ([, body, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(SEND, { body })).toMatchObject({ errcode })
})

test('a contact way brings customers with its state', async () => {
  await using wecom = await makeSimulator()
  const added = await wecom.call(WAY, { body: { type: 1, scene: 2, user: ['LinXiao'], state: '海报' } })
  const config_id = String(added.config_id)
  expect(added.qr_code).toContain(config_id)
  const friend = await wecom.simulator.addFriend({ guide: 'LinXiao', contactWay: config_id })
  const relation = wecom.simulator.world.relations.get('LinXiao')?.get(friend.externalUserId)
  expect(relation).toMatchObject({ channelState: '海报', state: 'half' })

  const update = (fields: object) =>
    wecom.call('externalcontact/update_contact_way', { body: { config_id, ...fields } })
  expect(await update({ skip_verify: false, user: ['zhou'] })).toMatchObject({ errcode: 0 })
  expect(await update({ user: [] })).toMatchObject({ errcode: 41041 })
  expect(await wecom.call('externalcontact/get_contact_way', { body: { config_id } })).toMatchObject({
    contact_way: { skip_verify: false, user: ['zhou'], state: '海报' },
  })
  const list = () => wecom.call('externalcontact/list_contact_way', { body: {} })
  expect(await list()).toMatchObject({ contact_way: [{ config_id }] })
  expect(await wecom.call('externalcontact/del_contact_way', { body: { config_id } })).toMatchObject({ errcode: 0 })
  expect(await list()).toMatchObject({ contact_way: [] })
})

test.for<[name: string, body: object, errcode: number]>([
  ['without type', { scene: 2, user: ['zhou'] }, 41037],
  ['of a strange type', { type: 3, scene: 2, user: ['zhou'] }, 41039],
  ['without scene', { type: 1, user: ['zhou'] }, 41038],
  ['for two', { type: 1, scene: 2, user: ['zhou', 'LinXiao'] }, 41041],
  ['for a stranger', { type: 1, scene: 2, user: ['ghost'] }, 40003],
  ['with a long state', { type: 1, scene: 2, user: ['zhou'], state: '海'.repeat(31) }, 40058],
])('a contact way %s is refused', async ([, body, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(WAY, { body })).toMatchObject({ errcode })
  expect(wecom.simulator.world.contactWays.size).toBe(0)
})
