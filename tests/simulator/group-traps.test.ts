import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator, type TestSimulator } from './make-simulator.ts'

async function read(wecom: TestSimulator, chat_id = 'wrOld') {
  const answer = await wecom.call('externalcontact/groupchat/get', { body: { chat_id } })
  return JSON.parse(JSON.stringify(answer))
}

test('what is read right after an event is the group as it was', async () => {
  await using wecom = await makeSimulator({ groupLagMs: 60_000 })
  const { simulator } = wecom
  const before = await read(wecom)
  await simulator.joinGroup({ chatId: 'wrOld', members: ['wmNobody'], scene: 3 })
  await simulator.renameGroup({ chatId: 'wrOld', name: '新名字' })
  expect(await read(wecom)).toEqual(before)
  const { chatId } = await simulator.createGroup({ owner: 'zhou', name: '新群', members: ['wmAnna'] })
  expect(await read(wecom, chatId)).toMatchObject({ group_chat: { name: '', member_list: [{ userid: 'zhou' }] } })
  await simulator.dismissGroup({ chatId: 'wrOld' })
  expect(await read(wecom)).toEqual(before)
  simulator.setGroupLag(0)
  expect(await read(wecom)).toMatchObject({ errcode: 49008 })
  expect(await read(wecom, chatId)).toMatchObject({ group_chat: { name: '新群', member_list: [{}, {}] } })
})

test('after the lag it is read as it is', async () => {
  await using wecom = await makeSimulator({ groupLagMs: 50 })
  await wecom.simulator.changeNotice({ chatId: 'wrOld', notice: '明天休息' })
  await until(async () => (await read(wecom)).group_chat.notice === '明天休息')
})

test('versions form a chain, joins and leaves each with their own scale', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const start = (await read(wecom)).group_chat.member_version
  const chatId = 'wrOld'
  await (await simulator.joinGroup({ chatId, members: ['zhou'] })).delivered
  await (await simulator.joinGroup({ chatId, members: ['wmNobody'], byLink: true, invitedBy: 'zhou' })).delivered
  await (await simulator.leaveGroup({ chatId, members: ['wmAnna'], removed: true })).delivered
  const events = receiver.received.map(fieldsOf)
  expect(events).toMatchObject([
    { UpdateDetail: 'add_member', JoinScene: '0', QuitScene: '0', MemChangeCnt: '1', LastMemVer: start },
    { UpdateDetail: 'add_member', JoinScene: '0', LastMemVer: events[0]?.CurMemVer },
    { UpdateDetail: 'del_member', JoinScene: '0', QuitScene: '1', LastMemVer: events[1]?.CurMemVer },
  ])
  expect((await read(wecom)).group_chat).toMatchObject({
    member_version: events[2]?.CurMemVer,
    member_list: [
      { userid: 'LinXiao' },
      { userid: 'zhou', type: 1, join_scene: 1, invitor: { userid: 'LinXiao' } },
      { userid: 'wmNobody', type: 2, join_scene: 2, invitor: { userid: 'zhou' } },
    ],
  })
  await expect(simulator.leaveGroup({ chatId, members: ['LinXiao'] })).rejects.toThrow('转让')
})

test('a new name, notice or owner says only that there is one', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['zhou'] })).delivered
  receiver.received.splice(0)
  await (await simulator.renameGroup({ chatId: 'wrOld', name: '新名字' })).delivered
  await (await simulator.changeNotice({ chatId: 'wrOld', notice: '公告' })).delivered
  await (await simulator.changeOwner({ chatId: 'wrOld', owner: 'ZHOU' })).delivered
  const same = { Event: 'change_external_chat', ChangeType: 'update', ChatId: 'wrOld' }
  expect(receiver.received.map(fieldsOf)).toEqual([
    { ...same, UpdateDetail: 'change_name' },
    { ...same, UpdateDetail: 'change_notice' },
    { ...same, UpdateDetail: 'change_owner' },
  ])
  expect((await read(wecom)).group_chat).toMatchObject({ name: '新名字', notice: '公告', owner: 'zhou' })
})

test('of a group whose owner left nothing is told any more, and only its owner’s name finds it', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  await (await wecom.simulator.deleteMember({ userId: 'LinXiao' })).delivered
  receiver.received.splice(0)
  expect(await (await wecom.simulator.renameGroup({ chatId: 'wrOld', name: 'x' })).delivered).toBeNull()
  const list = (fields: object) => wecom.call('externalcontact/groupchat/list', { body: { limit: 10, ...fields } })
  expect(await list({})).toMatchObject({ group_chat_list: [] })
  expect(await list({ owner_filter: { userid_list: ['LinXiao'] } })).toMatchObject({
    group_chat_list: [{ chat_id: 'wrOld', status: 1 }],
  })
})
