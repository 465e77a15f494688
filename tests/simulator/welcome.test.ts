import { expect, test } from 'vitest'
import { makeSimulator, type TestSimulator } from './make-simulator.ts'

const SEND = 'externalcontact/send_welcome_msg'
const JPG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])

async function newFriend({ simulator }: TestSimulator) {
  const { externalUserId, welcomeCode = '' } = await simulator.addFriend({ guide: 'LinXiao' })
  return { externalUserId, welcomeCode }
}

const saying = (welcome_code: string, more: object = { text: { content: '您好' } }) => ({
  body: { welcome_code, ...more },
})

async function upload(wecom: TestSimulator, type: string, bytes: Uint8Array, name = 'a.jpg') {
  const form = new FormData()
  form.append('media', new Blob([Uint8Array.from(bytes)]), name)
  const { access_token: token } = await wecom.rawCall(
    `gettoken?corpid=${wecom.simulator.settings.corpId}&corpsecret=the-secret-of-the-app`,
  )
  return wecom.rawCall(`media/upload?access_token=${token}&type=${type}`, { method: 'POST', body: form })
}

test('a welcome lands in the chat, and its code works once', async () => {
  await using wecom = await makeSimulator()
  const { welcomeCode, externalUserId } = await newFriend(wecom)
  const link = { msgtype: 'link', link: { title: '开卡', url: 'https://x.test/join', desc: '三十秒', newField: 1 } }
  expect(await wecom.call(SEND, saying(welcomeCode, { text: { content: '您好' }, attachments: [link] }))).toMatchObject(
    {
      errcode: 0,
    },
  )
  const welcome = wecom.simulator.messages('LinXiao', externalUserId).filter((message) => message.via === 'welcome')
  expect(welcome).toMatchObject([
    { kind: 'text', text: '您好', from: 'guide' },
    { kind: 'link', title: '开卡', url: 'https://x.test/join' },
  ])
  expect(await wecom.call(SEND, saying(welcomeCode))).toMatchObject({ errcode: 41051 })
})

test('a code is good for 20 s and not a millisecond more', async () => {
  await using wecom = await makeSimulator()
  const late = await newFriend(wecom)
  wecom.clock.advance(1)
  const justInTime = await newFriend(wecom)
  wecom.clock.advance(20_000)
  expect(await wecom.call(SEND, saying(late.welcomeCode))).toMatchObject({ errcode: 41050 })
  expect(await wecom.call(SEND, saying(justInTime.welcomeCode))).toMatchObject({ errcode: 0 })
  expect(await wecom.call(SEND, saying('made-up'))).toMatchObject({ errcode: 41050 })
  expect(await wecom.call(SEND, saying(''))).toMatchObject({ errcode: 41049 })
})

test('once they talk a welcome is too late', async () => {
  await using wecom = await makeSimulator()
  const { welcomeCode, externalUserId } = await newFriend(wecom)
  wecom.simulator.customerSays({ guide: 'LinXiao', chat: externalUserId, text: '在吗' })
  expect(await wecom.call(SEND, saying(welcomeCode))).toMatchObject({ errcode: 41051 })
})

test('a refused request leaves the code as it was', async () => {
  await using wecom = await makeSimulator()
  const { welcomeCode } = await newFriend(wecom)
  const broken = { text: { content: 'x' }, attachments: [{ msgtype: 'image', image: { media_id: 'gone' } }] }
  expect(await wecom.call(SEND, saying(welcomeCode, broken))).toMatchObject({ errcode: 40007 })
  expect(await wecom.call(SEND, saying(welcomeCode))).toMatchObject({ errcode: 0 })
})

test('when another app is sending, the same code may be tried again', async () => {
  await using wecom = await makeSimulator()
  const { welcomeCode } = await newFriend(wecom)
  wecom.simulator.failNext(SEND, 41096)
  expect(await wecom.call(SEND, saying(welcomeCode))).toMatchObject({ errcode: 41096 })
  expect(await wecom.call(SEND, saying(welcomeCode))).toMatchObject({ errcode: 0 })
})

const link = (fields: object) => [{ msgtype: 'link', link: { title: 't', url: 'https://x.test', ...fields } }]

test.for<[name: string, content: object, errcode: number]>([
  ['nothing to say', {}, 40063],
  ['4001 bytes of text', { text: { content: `${'中'.repeat(1333)}ab` } }, 45002],
  ['ten attachments', { attachments: Array(10).fill(link({})[0]) }, 41064],
  ['an unknown msgtype', { attachments: [{ msgtype: 'voice', voice: { media_id: 'x' } }] }, 41065],
  ['a msgtype without its object', { attachments: [{ msgtype: 'image', link: { title: 't' } }] }, 41065],
  ['a link without title', { attachments: link({ title: '' }) }, 40063],
  ['a title of 129 bytes', { attachments: link({ title: '中'.repeat(43) }) }, 40058],
  ['a description of 513 bytes', { attachments: link({ desc: 'd'.repeat(513) }) }, 40058],
  ['a url without scheme', { attachments: link({ url: 'x.test/join' }) }, 45034],
  [
    'a picture from elsewhere',
    { attachments: [{ msgtype: 'image', image: { pic_url: 'https://x.test/a.png' } }] },
    40007,
  ],
  ['text that is no text', { text: { content: 7 } }, 40058],
])('a welcome with %s is refused', async ([, content, errcode]) => {
  await using wecom = await makeSimulator()
  const { welcomeCode } = await newFriend(wecom)
  expect(await wecom.call(SEND, saying(welcomeCode, content))).toMatchObject({ errcode })
})

test('4000 bytes and nine attachments are fine', async () => {
  await using wecom = await makeSimulator()
  const { welcomeCode, externalUserId } = await newFriend(wecom)
  const content = { text: { content: `${'中'.repeat(1333)}a` }, attachments: Array(9).fill(link({})[0]) }
  expect(await wecom.call(SEND, saying(welcomeCode, content))).toMatchObject({ errcode: 0 })
  const welcome = wecom.simulator.messages('LinXiao', externalUserId).filter((message) => message.via === 'welcome')
  expect(welcome).toHaveLength(10)
})

test('media must be uploaded, of the right type, and younger than three days', async () => {
  await using wecom = await makeSimulator()
  const { media_id, created_at } = await upload(wecom, 'image', JPG)
  expect(created_at).toBeTypeOf('string')
  const image = (id: unknown) => ({ attachments: [{ msgtype: 'image', image: { media_id: id } }] })
  const file = { attachments: [{ msgtype: 'file', file: { media_id } }] }
  const first = await newFriend(wecom)
  expect(await wecom.call(SEND, saying(first.welcomeCode, file))).toMatchObject({ errcode: 40007 })
  expect(await wecom.call(SEND, saying(first.welcomeCode, image(media_id)))).toMatchObject({ errcode: 0 })
  const [picture] = wecom.simulator.messages('LinXiao', first.externalUserId).filter((each) => each.kind === 'image')
  const shown = await fetch(`${wecom.simulator.url}${picture?.url}`)
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(JPG)

  wecom.clock.advance(3 * 86_400_000 + 1)
  const second = await newFriend(wecom)
  expect(await wecom.call(SEND, saying(second.welcomeCode, image(media_id)))).toMatchObject({ errcode: 40007 })
})

test.for<[type: string, bytes: Uint8Array, errcode: number]>([
  ['picture', JPG, 40004],
  ['image', new TextEncoder().encode('no picture'), 40005],
  ['image', JPG.subarray(0, 5), 40006],
  ['voice', new Uint8Array(2 * 1024 * 1024 + 1), 45001],
  ['file', new TextEncoder().encode('a price list'), 0],
])('uploading as %s', async ([type, bytes, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await upload(wecom, type, bytes)).toMatchObject({ errcode })
})

test('no code comes in the cases of doc 92130', async () => {
  await using wecom = await makeSimulator()
  const { simulator } = wecom
  const partner = await simulator.addFriend({ guide: 'LinXiao', customer: 'woPartner' })
  const console = await simulator.addFriend({ guide: 'LinXiao', welcomeInConsole: true })
  const assigned = await simulator.addFriend({ guide: 'LinXiao', addWay: 202 })
  const outOfRange = await simulator.addFriend({ guide: 'boss' })
  for (const { welcomeCode } of [partner, console, assigned, outOfRange]) expect(welcomeCode).toBeUndefined()

  const welcomed = await simulator.addFriend({ guide: 'LinXiao', half: true })
  await wecom.call(SEND, saying(welcomed.welcomeCode ?? ''))
  const pair = { guide: 'LinXiao', customer: welcomed.externalUserId }
  expect((await simulator.confirmHalf(pair)).welcomeCode).toBeUndefined()

  const silent = await simulator.addFriend({ guide: 'LinXiao', half: true })
  const confirmed = await simulator.confirmHalf({ guide: 'LinXiao', customer: silent.externalUserId })
  expect(await wecom.call(SEND, saying(confirmed.welcomeCode ?? ''))).toMatchObject({ errcode: 0 })
})
