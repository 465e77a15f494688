import { expect, test } from 'vitest'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

const SEND = 'externalcontact/send_welcome_msg'

/** Token and connection are there: what is left of the 800 ms for a name goes to the name. */
async function warmUp({ server }: Story): Promise<void> {
  await server.deps.wecom.call('user/get', { userid: 'LinXiao' })
}

test('a new friend is welcomed by name and invited, and the relation is mirrored', async () => {
  await using story = await startStory()
  await warmUp(story)
  const { simulator, db } = story
  const { externalUserId, delivered } = await simulator.addFriend({
    guide: 'LinXiao',
    name: '安娜王',
    state: 'poster12',
  })
  expect((await delivered)?.ok).toBe(true)
  await simulator.waitFor(() => simulator.messages('LinXiao', externalUserId).length >= 2)
  await story.settled()

  const texts = simulator.messages('LinXiao', externalUserId)
  expect(JSON.stringify(texts)).toContain('安娜王您好')
  expect(JSON.stringify(texts)).toContain('林晓')
  expect(JSON.stringify(texts)).toContain('https://guide.example.com/join/')

  const welcome = await db.selectFrom('welcome').selectAll().executeTakeFirstOrThrow()
  expect(welcome).toMatchObject({ outcome: 'sent', errcode: null, guideUserId: 'LinXiao', externalUserId })
  expect(welcome.latencyMs).toBeGreaterThan(0)
  const invitation = await db.selectFrom('invitation').selectAll().executeTakeFirstOrThrow()
  expect(invitation.invitedAt).not.toBeNull()
  const customer = await db.selectFrom('customer').selectAll().executeTakeFirstOrThrow()
  expect(customer).toMatchObject({ externalUserId, name: '安娜王', ownerUserId: 'LinXiao' })
  const relation = await db.selectFrom('followRelation').selectAll().executeTakeFirstOrThrow()
  expect(relation).toMatchObject({ guideUserId: 'LinXiao', channelState: 'poster12', endedAt: null })
})

test('a member is greeted as one and not invited', async () => {
  await using story = await startStory({
    simulator: { seed: smallWorld({ customers: [{ externalUserId: 'wmAnna', name: '安娜王', gender: 2 }] }) },
    env: { WELCOME_MEMBER_TEXT: '{customer},欢迎回来' },
  })
  await warmUp(story)
  const { simulator, db } = story
  await db
    .insertInto('member')
    .values({ memberNo: 'M1', externalUserId: 'wmAnna', joinedAt: new Date(), source: 'crm', updatedAt: new Date() })
    .execute()
  await simulator.addFriend({ guide: 'LinXiao', customer: 'wmAnna' })
  await simulator.waitFor(() => simulator.messages('LinXiao', 'wmAnna').some((message) => message.from === 'guide'))
  const said = simulator.messages('LinXiao', 'wmAnna').filter((message) => message.from === 'guide')
  expect(said).toHaveLength(1)
  expect(said[0]).toMatchObject({ kind: 'text', text: '安娜王,欢迎回来' })
})

test('the same event told twice welcomes once', async () => {
  await using story = await startStory()
  await story.simulator.addFriend({ guide: 'LinXiao', duplicate: true }).then(({ delivered }) => delivered)
  await story.settled()
  expect(story.simulator.calls.count(SEND)).toBe(1)
  expect(await story.db.selectFrom('callbackInbox').selectAll().execute()).toHaveLength(1)
})

test('two guides and one customer in one second are two friends and two welcomes', async () => {
  await using story = await startStory({
    simulator: { seed: smallWorld({ customers: [{ externalUserId: 'wmAnna', name: '安娜王', gender: 2 }] }) },
  })
  const added = await Promise.all(
    ['LinXiao', 'ZhouMin'].map((guide) => story.simulator.addFriend({ guide, customer: 'wmAnna' })),
  )
  await Promise.all(added.map(({ delivered }) => delivered))
  await story.settled()
  const welcomes = await story.db
    .selectFrom('welcome')
    .select(['guideUserId', 'outcome'])
    .orderBy('guideUserId')
    .execute()
  expect(welcomes).toEqual([
    { guideUserId: 'LinXiao', outcome: 'sent' },
    { guideUserId: 'ZhouMin', outcome: 'sent' },
  ])
  expect(await story.db.selectFrom('followRelation').selectAll().execute()).toHaveLength(2)
})

test.for([
  { says: 'expired or unknown code', errcode: 41050, outcome: 'expired', calls: 1 },
  { says: 'delivered already, or they are chatting', errcode: 41051, outcome: 'raced', calls: 1 },
  { says: 'the app may not', errcode: 48002, outcome: 'failed', calls: 1 },
])('WeCom says $says ($errcode): recorded as $outcome', async ({ errcode, outcome, calls }) => {
  await using story = await startStory()
  story.simulator.failNext(SEND, errcode, 9)
  await (await story.simulator.addFriend({ guide: 'LinXiao' })).delivered
  await until(() =>
    story.db.selectFrom('welcome').select('outcome').where('outcome', 'is not', null).executeTakeFirst(),
  )
  const welcome = await story.db.selectFrom('welcome').selectAll().executeTakeFirstOrThrow()
  expect(welcome).toMatchObject({ outcome, errcode, latencyMs: null })
  expect(story.simulator.calls.count(SEND)).toBe(calls)
})

test.for([
  { says: 'another app is sending', errcode: 41096 },
  { says: 'WeCom is busy', errcode: -1 },
  { says: 'the token has lapsed', errcode: 42001 },
])('$says ($errcode): tried again inside the window', async ({ errcode }) => {
  await using story = await startStory()
  story.simulator.failNext(SEND, errcode, 1)
  await story.simulator.addFriend({ guide: 'LinXiao' })
  await until(() => story.db.selectFrom('welcome').select('outcome').where('outcome', '=', 'sent').executeTakeFirst())
  expect(story.simulator.calls.count(SEND)).toBe(2)
})

test('a refused attachment does not cost the customer the text', async () => {
  await using story = await startStory()
  story.simulator.failNext(SEND, 40063, 1)
  const { externalUserId } = await story.simulator.addFriend({ guide: 'LinXiao' })
  await until(() => story.db.selectFrom('welcome').select('outcome').where('outcome', '=', 'sent').executeTakeFirst())
  const kinds = story.simulator
    .messages('LinXiao', externalUserId)
    .filter((message) => message.from === 'guide')
    .map((message) => message.kind)
  expect(kinds).toEqual(['text'])
  const invitation = await story.db.selectFrom('invitation').select('invitedAt').executeTakeFirstOrThrow()
  expect(invitation.invitedAt).toBeNull()
})

test('past 20 s from the event nothing is sent, and that is recorded', async () => {
  await using story = await startStory()
  const { simulator } = story
  await simulator.sendEvent({
    Event: 'change_external_contact',
    ChangeType: 'add_external_contact',
    UserID: 'LinXiao',
    ExternalUserID: 'wmAnna',
    WelcomeCode: 'a-code-of-21-seconds-ago',
    CreateTime: String(Math.floor(Date.now() / 1000) - 21),
  })
  await until(() =>
    story.db.selectFrom('welcome').select('outcome').where('outcome', '=', 'expired').executeTakeFirst(),
  )
  expect(simulator.calls.count(SEND)).toBe(0)
})

test('a friend without a code is recorded as such, but not after a half-add that was welcomed', async () => {
  await using story = await startStory()
  const { simulator, db } = story
  await (await simulator.addFriend({ guide: 'LinXiao', welcomeInConsole: true })).delivered
  await story.settled()
  expect(await db.selectFrom('welcome').select('outcome').execute()).toEqual([{ outcome: 'no_code' }])

  const { externalUserId, delivered } = await simulator.addFriend({ guide: 'ZhouMin', half: true })
  await delivered
  await until(() =>
    db
      .selectFrom('welcome')
      .select('outcome')
      .where('outcome', '=', 'sent')
      .where('externalUserId', '=', externalUserId)
      .executeTakeFirst(),
  )
  await (await simulator.confirmHalf({ guide: 'ZhouMin', customer: externalUserId })).delivered
  await story.settled()
  expect(
    await db.selectFrom('welcome').select('outcome').where('externalUserId', '=', externalUserId).execute(),
  ).toEqual([{ outcome: 'sent' }])
})

test('a slow directory costs the name, not the welcome', async () => {
  await using story = await startStory()
  const { simulator } = story
  await simulator.addFriend({ guide: 'LinXiao' }).then(({ delivered }) => delivered)
  await story.settled() // a first friend, so that token and guide are known
  simulator.setLatency([900, 950])
  const { externalUserId } = await simulator.addFriend({ guide: 'LinXiao' })
  await simulator.waitFor(() =>
    simulator
      .messages('LinXiao', externalUserId)
      .find((message) => message.from === 'guide' && message.kind === 'text'),
  )
  const text = JSON.stringify(simulator.messages('LinXiao', externalUserId))
  expect(text).toContain('您好')
  expect(text).not.toContain('{customer}')
  expect(text).not.toContain('undefined')
})
