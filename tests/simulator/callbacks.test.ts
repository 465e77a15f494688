import { expect, test } from 'vitest'
import { callbackReceiver } from './callback-receiver.ts'
import { CALLBACK, CORP, connected, makeSimulator } from './make-simulator.ts'

test('a new friend is told, sealed for this corp', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const friend = await wecom.simulator.addFriend({ guide: 'LinXiao', state: '门店12_海报' })
  expect(await friend.delivered).toMatchObject({ ok: true, status: 200, attempts: 1 })
  expect(receiver.received).toMatchObject([{ signed: true, receiveId: CORP }])
  expect(receiver.received[0]?.xml).toBe(
    `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>` +
      '<CreateTime>1795140000</CreateTime><MsgType><![CDATA[event]]></MsgType>' +
      '<Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[add_external_contact]]></ChangeType>' +
      `<UserID><![CDATA[LinXiao]]></UserID><ExternalUserID><![CDATA[${friend.externalUserId}]]></ExternalUserID>` +
      `<State><![CDATA[门店12_海报]]></State><WelcomeCode><![CDATA[${friend.welcomeCode}]]></WelcomeCode></xml>`,
  )
})

test.for<['hang' | 'break' | number]>([['hang'], ['break'], [500], [204], [404]])(
  'after %s the same event is sent again',
  async ([answer]) => {
    await using receiver = await callbackReceiver()
    // Only who never answers is given up on; an answer may take its time on a busy machine.
    const timeoutMs = answer === 'hang' ? 3_000 : 30_000
    await using wecom = await connected(receiver, { callbackTiming: { timeoutMs, retryDelayMs: 1 } })
    receiver.answers.push(answer)
    const { delivered } = await wecom.simulator.addFriend({ guide: 'LinXiao' })
    expect(await delivered).toMatchObject({ ok: true, attempts: 2 })
    const [first, second] = receiver.received
    expect(second?.xml).toBe(first?.xml)
    const tried =
      answer === 'hang' ? { failure: 'timeout' } : answer === 'break' ? { failure: 'network' } : { status: answer }
    expect(wecom.simulator.deliveries).toMatchObject([
      { attempt: 1, ...tried },
      { attempt: 2, status: 200 },
    ])
  },
)

test('after three retries WeCom gives up', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  receiver.answers.push(500, 500, 500, 500)
  const { delivered } = await wecom.simulator.addFriend({ guide: 'LinXiao' })
  expect(await delivered).toMatchObject({ ok: false, status: 500, attempts: 4 })
  expect(receiver.received).toHaveLength(4)
})

test('one change may be told twice', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { delivered } = await wecom.simulator.addFriend({ guide: 'LinXiao', duplicate: true })
  await delivered
  const [first, second] = receiver.received
  expect(second?.xml).toBe(first?.xml)
})

test('nobody hears of members outside customer contact', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { delivered } = await wecom.simulator.addFriend({ guide: 'boss' })
  expect(await delivered).toBeNull()
  expect(receiver.received).toHaveLength(0)
})

test('what happens in the client is told, what the API does is not', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const pair = { guide: 'LinXiao', customer: 'wmAnna' }
  await wecom.call('externalcontact/remark', { body: { userid: 'LinXiao', external_userid: 'wmAnna', remark: '安' } })
  expect(receiver.received).toHaveLength(0)
  const happenings = [
    await simulator.editRemark({ ...pair, remark: '安娜' }),
    await simulator.editTags({ ...pair, remove: ['etVip'] }),
    await simulator.deleteByCustomer(pair),
    await simulator.deleteByGuide(pair, { transfer: true }),
  ]
  for (const { delivered } of happenings) expect(await delivered).toMatchObject({ ok: true })
  const types = simulator.deliveries.map(({ changeType }) => changeType).sort()
  expect(types).toEqual(['del_external_contact', 'del_follow_user', 'edit_external_contact', 'edit_external_contact'])
  expect(receiver.received.map(({ xml }) => xml).join()).toContain('<Source><![CDATA[DELETE_BY_TRANSFER]]></Source>')
})

test('a group tells who came, with the versions before and after', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const version = async () => {
    const { group_chat } = await wecom.call('externalcontact/groupchat/get', { body: { chat_id: 'wrOld' } })
    return JSON.stringify(group_chat).match(/"member_version":"([^"]+)"/)?.[1]
  }
  const before = await version()
  const { delivered } = await simulator.joinGroup({ chatId: 'wrOld', members: ['zhou', 'wmNobody'], scene: 3 })
  await delivered
  const xml = receiver.received[0]?.xml
  expect(xml).toContain('<MemChangeList><Item><![CDATA[zhou]]></Item><Item><![CDATA[wmNobody]]></Item></MemChangeList>')
  expect(xml).toContain('<UpdateDetail><![CDATA[add_member]]></UpdateDetail>')
  expect(xml).toContain('<JoinScene>3</JoinScene><QuitScene>0</QuitScene>')
  expect(xml).toContain(
    `<LastMemVer><![CDATA[${before}]]></LastMemVer><CurMemVer><![CDATA[${await version()}]]></CurMemVer>`,
  )
})

test('contacts changes go to the contacts assistant, whose envelope has no AgentID', async () => {
  await using app = await callbackReceiver()
  await using assistant = await callbackReceiver()
  await using wecom = await makeSimulator({
    callback: { url: app.url, ...CALLBACK },
    contactsCallback: { url: assistant.url, ...CALLBACK },
  })
  const member = { userId: 'new.guide', name: '新人', departmentIds: [1, 2] }
  await (await wecom.simulator.createMember(member)).delivered
  await (await wecom.simulator.updateMember({ userId: 'LinXiao', newUserId: 'lin.xiao' })).delivered
  // The app itself hears only that somebody came into its visible range (doc 90240).
  expect(
    app.received.map(({ xml }) => xml.replace(/^.*(<FromUserName>.*?<\/FromUserName>).*(<Event>.*)$/, '$1$2')),
  ).toEqual([
    '<FromUserName><![CDATA[new.guide]]></FromUserName><Event><![CDATA[subscribe]]></Event><AgentID>1000077</AgentID><EventKey><![CDATA[]]></EventKey></xml>',
  ])
  expect(assistant.received.map(({ xml }) => /<ChangeType>.*$/.exec(xml)?.[0])).toEqual([
    '<ChangeType><![CDATA[create_user]]></ChangeType><UserID><![CDATA[new.guide]]></UserID><Department><![CDATA[1,2]]></Department></xml>',
    '<ChangeType><![CDATA[update_user]]></ChangeType><UserID><![CDATA[LinXiao]]></UserID><Department><![CDATA[2]]></Department><NewUserID><![CDATA[lin.xiao]]></NewUserID></xml>',
  ])
  expect(assistant.received[0]?.envelope).not.toContain('AgentID')
  const read = await wecom.call('externalcontact/get', { query: { external_userid: 'wmAnna' } })
  expect(read).toMatchObject({ follow_user: [{ userid: 'lin.xiao' }] })
})

test('any event can be made by hand, with its own time and nesting', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  await wecom.simulator.sendEvent({
    Event: 'template_card_event',
    FromUserName: 'zhou',
    CreateTime: 1,
    SelectedItems: { SelectedItem: [{ QuestionKey: 'q', OptionIds: { OptionId: ['a', ']]>'] } }] },
  })
  const xml = receiver.received[0]?.xml
  expect(xml).toContain('<FromUserName><![CDATA[zhou]]></FromUserName><CreateTime>1</CreateTime>')
  expect(xml).toContain('<OptionId><![CDATA[a]]></OptionId><OptionId><![CDATA[]]]]><![CDATA[>]]></OptionId>')
})

test('a callback URL is verified as the console does it', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await makeSimulator()
  await expect(wecom.simulator.verifyCallbackUrl()).rejects.toThrow('No callback')
  wecom.simulator.configureCallback({ url: receiver.url, ...CALLBACK })
  expect(await wecom.simulator.verifyCallbackUrl()).toMatchObject({ ok: true, status: 200 })
  wecom.simulator.configureCallback({ url: `${wecom.simulator.url}/nothing`, ...CALLBACK })
  expect(await wecom.simulator.verifyCallbackUrl()).toMatchObject({ ok: false, reason: 'status' })
})

test('raw requests go out as they are', async () => {
  await using wecom = await makeSimulator()
  const { url } = wecom.simulator
  expect(await wecom.simulator.sendRaw({ url: `${url}/cgi-bin/nothing`, query: 'a=1&a=2', body: 'x' })).toMatchObject({
    status: 404,
  })
})
