import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { CALLBACK, connected, makeSimulator } from './make-simulator.ts'

test('who goes out of the visible range is gone for the app, and back with it', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const user = () => wecom.call('user/get', { query: { userid: 'LinXiao' } })
  const followers = () => wecom.call('externalcontact/get_follow_user_list')
  await (await simulator.changeStanding({ userId: 'linxiao', visible: false })).delivered
  expect(await user()).toMatchObject({ errcode: 60111 })
  expect(await followers()).toMatchObject({ follow_user: ['zhou'] })
  expect(await wecom.call('user/list', { query: { department_id: '2' } })).toMatchObject({
    userlist: [{ userid: 'zhou' }],
  })
  expect(await wecom.call('externalcontact/get', { query: { external_userid: 'wmAnna' } })).toMatchObject({
    errcode: 84061,
  })
  // Silently: no event and no code for members out of range (doc 92129).
  const friend = await simulator.addFriend({ guide: 'LinXiao' })
  expect(await friend.delivered).toBeNull()
  await (await simulator.changeStanding({ userId: 'LinXiao', visible: true })).delivered
  expect(await followers()).toMatchObject({ follow_user: ['LinXiao', 'zhou'] })
  expect(receiver.received.map(fieldsOf)).toEqual([
    { Event: 'unsubscribe', AgentID: '1000077', EventKey: '' },
    { Event: 'subscribe', AgentID: '1000077', EventKey: '' },
  ])
  expect(receiver.received[0]?.xml).toContain('<FromUserName><![CDATA[LinXiao]]></FromUserName>')
})

test('permission for customer contact comes and goes in silence', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  await wecom.simulator.changeStanding({ userId: 'LinXiao', configured: false })
  await wecom.simulator.changeStanding({ userId: 'boss', configured: true })
  expect(await wecom.call('externalcontact/get_follow_user_list')).toMatchObject({ follow_user: ['zhou', 'boss'] })
  expect(await wecom.call('externalcontact/list', { query: { userid: 'LinXiao' } })).toMatchObject({ errcode: 84074 })
  expect(await wecom.call('user/get', { query: { userid: 'LinXiao' } })).toMatchObject({ errcode: 0, status: 1 })
  expect(receiver.received).toEqual([])
})

test('a member quits: status 5, their customers are unassigned; back again they have them', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const unassigned = async () => (await wecom.call('externalcontact/get_unassigned_list', { body: {} })).info
  await (await simulator.leaveCorp({ userId: 'LinXiao' })).delivered
  expect(await wecom.call('user/get', { query: { userid: 'LinXiao' } })).toMatchObject({ status: 5 })
  expect(await unassigned()).toMatchObject([{ handover_userid: 'LinXiao', external_userid: 'wmAnna' }])
  await (await simulator.returnToCorp({ userId: 'LinXiao' })).delivered
  expect(await unassigned()).toEqual([])
  expect(await wecom.call('externalcontact/list', { query: { userid: 'LinXiao' } })).toMatchObject({
    external_userid: ['wmAnna'],
  })
  expect(receiver.received.map((each) => fieldsOf(each).Event)).toEqual(['unsubscribe', 'subscribe'])
})

test('an account is deleted and made again', async () => {
  await using app = await callbackReceiver()
  await using assistant = await callbackReceiver()
  await using wecom = await makeSimulator({
    callback: { url: app.url, ...CALLBACK },
    contactsCallback: { url: assistant.url, ...CALLBACK },
  })
  const { simulator } = wecom
  await (await simulator.deleteMember({ userId: 'linxiao' })).delivered
  expect(await wecom.call('user/get', { query: { userid: 'LinXiao' } })).toMatchObject({ errcode: 60111 })
  await expect(simulator.createMember({ userId: 'LINXIAO', name: '林晓', departmentIds: [1] })).rejects.toThrow('回来')
  await (await simulator.returnToCorp({ userId: 'linxiao' })).delivered
  expect(await wecom.call('externalcontact/list', { query: { userid: 'LinXiao' } })).toMatchObject({
    external_userid: ['wmAnna'],
  })
  await expect(simulator.returnToCorp({ userId: 'zhou' })).rejects.toThrow('没有离职')
  expect(app.received.map((each) => fieldsOf(each).Event)).toEqual(['unsubscribe', 'subscribe'])
  expect(assistant.received.map(fieldsOf)).toEqual([
    { Event: 'change_contact', ChangeType: 'delete_user', UserID: 'LinXiao' },
    { Event: 'change_contact', ChangeType: 'create_user', UserID: 'LinXiao', Department: '2' },
  ])
})

test('only a move or a new userid is told, never a new name', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  await simulator.updateMember({ userId: 'zhou', name: '周敏敏', departmentIds: [2] })
  await simulator.renameDepartment({ id: 2, name: '专柜' })
  expect(receiver.received).toEqual([])
  await (await simulator.updateMember({ userId: 'zhou', departmentIds: [1, 2] })).delivered
  await (await simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })).delivered
  const { departmentId } = await simulator.createDepartment({ name: '新店', parentId: 1 })
  await (await simulator.moveDepartment({ id: departmentId, parentId: 2 })).delivered
  await (await simulator.deleteDepartment({ id: departmentId })).delivered
  const Event = 'change_contact'
  const Id = String(departmentId)
  expect(receiver.received.map(fieldsOf)).toEqual([
    { Event, ChangeType: 'update_user', UserID: 'zhou', Department: '1,2' },
    { Event, ChangeType: 'update_user', UserID: 'LinXiao', Department: '2', NewUserID: 'lin.xiao' },
    { Event, ChangeType: 'create_party', Id, ParentId: '1' },
    { Event, ChangeType: 'update_party', Id, ParentId: '2' },
    { Event, ChangeType: 'delete_party', Id },
  ])
  expect(await wecom.call('user/get', { query: { userid: 'zhou' } })).toMatchObject({ name: '周敏敏' })
  expect(await wecom.call('externalcontact/groupchat/get', { body: { chat_id: 'wrOld' } })).toMatchObject({
    group_chat: { owner: 'lin.xiao' },
  })
})

test('the app’s own card and a media file', async () => {
  await using wecom = await makeSimulator()
  await wecom.simulator.changeStanding({ userId: 'boss', visible: false })
  const agent = (agentid: string) => wecom.call('agent/get', { query: { agentid } })
  expect(await agent('1000077')).toMatchObject({
    agentid: 1000077,
    allow_userinfos: { user: [{ userid: 'LinXiao' }, { userid: 'zhou' }] },
  })
  expect(await agent('1000078')).toMatchObject({ errcode: 301002 })

  const { access_token } = await wecom.rawCall('gettoken?corpid=wwc0ffee0011223344&corpsecret=the-secret-of-the-app')
  const form = new FormData()
  form.append('media', new Blob(['a price list'], { type: 'text/plain' }), '价格.txt')
  const { media_id } = await wecom.rawCall(`media/upload?access_token=${access_token}&type=file`, {
    method: 'POST',
    body: form,
  })
  const get = (id: unknown) =>
    fetch(`${wecom.simulator.url}/cgi-bin/media/get?access_token=${access_token}&media_id=${id}`)
  const file = await get(media_id)
  expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('价格.txt'))
  expect(await file.text()).toBe('a price list')
  expect(await (await get('made-up')).json()).toMatchObject({ errcode: 40007 })
})
