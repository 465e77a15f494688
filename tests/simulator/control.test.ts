import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StateView, StreamEvent } from '@zhanggui/wecom-simulator/control-types.ts'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeSimulator, type TestSimulator } from './make-simulator.ts'

async function get(wecom: TestSimulator, path: string) {
  const response = await fetch(`${wecom.simulator.url}/simulator/api/${path}`)
  return { status: response.status, json: JSON.parse(await response.text()) }
}

async function act(wecom: TestSimulator, name: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const url = `${wecom.simulator.url}/simulator/api/actions/${name}`
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, json: JSON.parse(await response.text()) }
}

test('the page sees the corp, the guide’s chats and the wire', async () => {
  await using wecom = await makeSimulator()
  const added = await act(wecom, 'addFriend', { guide: 'LinXiao', name: '新朋友' })
  expect(added).toMatchObject({ status: 200, json: { delivery: null } })
  const customer: string = added.json.externalUserId
  await act(wecom, 'customerSays', { guide: 'LinXiao', chat: customer, text: '在吗' })
  await wecom.call('getcallbackip')
  const state: StateView = (await get(wecom, 'state?guide=linxiao')).json
  expect(state).toMatchObject({
    corp: { name: '万象城', stores: 1, guides: 2, customers: 4 },
    guide: 'LinXiao',
    network: 'normal',
    guides: [{ userId: 'LinXiao', storeName: '施家专柜', unread: 1 }, { userId: 'zhou' }],
  })
  expect(state.chats.map(({ name, lastText, unread }) => ({ name, lastText, unread }))).toEqual([
    { name: '新朋友', lastText: '在吗', unread: 1 },
    { name: '安娜王', lastText: '', unread: 0 },
    { name: '老友群', lastText: '', unread: 0 },
  ])
  expect(state.wire.at(-1)).toMatchObject({ kind: 'api', label: 'getcallbackip', outcome: 'errcode 0', ok: true })

  await act(wecom, 'markRead', { guide: 'LinXiao', chat: customer })
  const { json: chat } = await get(wecom, `chats/LinXiao/${customer}`)
  expect(chat).toMatchObject({ summary: { badge: '@微信', unread: 0 }, messages: [{}, {}, { text: '在吗' }] })
})

test('what cannot be done is said in a sentence', async () => {
  await using wecom = await makeSimulator()
  expect(await act(wecom, 'addFriend', { guide: 'ghost' })).toMatchObject({
    status: 400,
    json: { error: '没有这个成员:ghost' },
  })
  expect(await act(wecom, 'addFriend', {})).toMatchObject({ status: 400 })
  expect(await act(wecom, 'addFriend', { guide: 'LinXiao', customer: 'wmAnna' })).toMatchObject({ status: 400 })
  expect(await get(wecom, 'chats/LinXiao/wmGone')).toMatchObject({ status: 400 })
})

test('changes are streamed as they happen', async () => {
  await using wecom = await makeSimulator()
  const response = await fetch(`${wecom.simulator.url}/simulator/api/stream`)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const seen: StreamEvent[] = []
  let text = (await reader?.read())?.value ?? ''
  wecom.simulator.setNetwork('slow')
  await wecom.simulator.addFriend({ guide: 'zhou', name: '新朋友' })
  while (!seen.some(({ type }) => type === 'relation')) {
    text += (await reader?.read())?.value ?? ''
    const events = text.split('\n\n').filter((event) => event.startsWith('data: '))
    seen.splice(0, seen.length, ...events.map((event) => JSON.parse(event.slice('data: '.length))))
  }
  expect(seen.map(({ type }) => type)).toEqual(['network', 'message', 'message', 'relation'])
  await reader?.cancel()
})

test('a text message lands on the phone that has the number, else on the one shown', async () => {
  await using wecom = await makeSimulator({ smsToken: 'gateway' })
  const send = (phone: string, token = 'gateway') =>
    fetch(wecom.simulator.smsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ phone, code: '123456' }),
    })
  expect((await send('13800000001', 'wrong')).status).toBe(401)
  expect((await send('nonsense')).status).toBe(400)
  await send('13800000001')
  wecom.simulator.showPhone({ customer: 'woPartner' })
  await send('13900000009')
  expect(wecom.simulator.world.sms).toMatchObject([
    { externalUserId: 'wmAnna', maskedPhone: '138****0001', code: '123456' },
    { externalUserId: 'woPartner', maskedPhone: '139****0009' },
  ])
})

test('the sidebar’s share reaches a friend, and nobody who left', async () => {
  await using wecom = await makeSimulator()
  const content = { kind: 'link', title: '九折券', desc: '满百可用', url: 'https://x.test/c/1' } as const
  const share = { guide: 'LinXiao', chat: 'wmAnna', content, via: 'sidebar' } as const
  wecom.simulator.guideSends(share)
  expect(wecom.simulator.messages('LinXiao', 'wmAnna')).toMatchObject([
    { kind: 'link', title: '九折券', via: 'sidebar' },
  ])
  await wecom.simulator.deleteByCustomer({ guide: 'LinXiao', customer: 'wmAnna' })
  expect(wecom.simulator.guideSends(share)).toMatchObject({ seenBy: 'guide' })
})

test('waiting ends with the change, or with a reason', async () => {
  await using wecom = await makeSimulator()
  const { simulator } = wecom
  const call = simulator.waitFor(() => simulator.calls.of('getcallbackip')[0])
  await wecom.call('getcallbackip')
  expect(await call).toMatchObject({ errcode: 0 })
  await expect(simulator.waitFor(() => false, 1)).rejects.toThrow('within 1 ms')
})

test('the world is kept over a restart, token and media included', async () => {
  await using folder = await temporaryFolder()
  const statePath = join(folder.path, 'wecom.json')
  let externalUserId = ''
  let token: unknown
  {
    await using wecom = await makeSimulator({ statePath })
    externalUserId = (await wecom.simulator.addFriend({ guide: 'LinXiao', name: '新朋友' })).externalUserId
    wecom.simulator.customerSays({ guide: 'LinXiao', chat: externalUserId, text: '在吗' })
    token = (await wecom.rawCall('gettoken?corpid=wwc0ffee0011223344&corpsecret=the-secret-of-the-app')).access_token
    const form = new FormData()
    form.append('media', new Blob(['a price list']), 'list.txt')
    await wecom.rawCall(`media/upload?access_token=${token}&type=file`, { method: 'POST', body: form })
  }
  await using again = await makeSimulator({ statePath })
  const query = new URLSearchParams({ access_token: String(token), external_userid: externalUserId })
  expect(await again.rawCall(`externalcontact/get?${query}`)).toMatchObject({
    errcode: 0,
    external_contact: { name: '新朋友' },
    follow_user: [{ userid: 'LinXiao' }],
  })
  expect(again.simulator.messages('LinXiao', externalUserId).at(-1)).toMatchObject({ text: '在吗' })
  const [media] = again.simulator.world.media.values()
  expect(Buffer.from(media?.bytes ?? []).toString()).toBe('a price list')
  // Both indexes hold the same relation again, not two that drift apart.
  const { relations, followers } = again.simulator.world
  expect(relations.get('LinXiao')?.get(externalUserId)).toBe(followers.get(externalUserId)?.get('LinXiao'))
  expect(readFileSync(statePath, 'utf8')).toContain('新朋友')
})

test('a world kept by an older simulator, which knew no handovers and no standing, is understood', async () => {
  await using folder = await temporaryFolder()
  const statePath = join(folder.path, 'wecom.json')
  {
    await using wecom = await makeSimulator({ statePath })
    await wecom.simulator.addFriend({ guide: 'LinXiao', name: '新朋友' })
  }
  const state = JSON.parse(readFileSync(statePath, 'utf8'))
  for (const name of ['joinWays', 'departed', 'transfers', 'acquisitionLinks', 'acquisitionQuota', 'chatKeys']) {
    delete state.world[name]
  }
  for (const [, member] of state.world.members.$map) {
    for (const name of ['configured', 'visible', 'status']) delete member[name]
  }
  writeFileSync(statePath, JSON.stringify(state))
  await using again = await makeSimulator({ statePath })
  expect(await again.call('user/get', { query: { userid: 'LinXiao' } })).toMatchObject({ errcode: 0, status: 1 })
  await again.simulator.deleteMember({ userId: 'LinXiao' })
  const { info } = await again.call('externalcontact/get_unassigned_list', { body: {} })
  expect(info).toHaveLength(2)
})
