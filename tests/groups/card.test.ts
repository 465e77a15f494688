import { mirrorGroup } from '@zhanggui/server/groups/mirror-group.ts'
import type { GroupMember } from '@zhanggui/shared/group.ts'
import { expect, test } from 'vitest'
import { TILL_KEY } from '../support/env.ts'
import { befriend, put, unfriend } from '../support/shop.ts'
import { signIn } from '../support/sign-in.ts'
import { chat, startApi } from './api-story.ts'

const FOUNDING = '2026-08-01T10:00:00+08:00'

test.for([
  ['LinXiao', 'the owner', 200],
  ['linxiao', 'the owner in another spelling', 200],
  ['XuTing', 'an admin who is not in it', 200],
  ['ChenChen', 'a guide in it', 200],
  ['ZhouMin', 'the manager of the owner’s store', 200],
  ['HeadOffice', 'HQ', 200],
  ['SunLi', 'a colleague of the owner', 404],
  ['WuMing', 'the manager of another store', 404],
] as const)('%s, %s: %i', async ([userId, , status]) => {
  await using t = await startApi()
  await put(t, 'guides', [
    { userId: 'SunLi', storeId: 'pandora' },
    { userId: 'WuMing', storeId: 'lancome', role: 'manager' },
  ])
  t.groups.set('wrFriends', chat([], { admin_list: [{ userid: 'XuTing' }] }))
  const viewer = await signIn(t, userId)
  for (const path of ['', '/members?standing=guides']) {
    const answer = await viewer.get(`/api/groups/wrFriends${path}`)
    expect(answer.statusCode).toBe(status)
    if (status === 404) expect(answer.json()).toMatchObject({ code: 'group_not_visible' })
  }
})

test('a guide who has left the group, a stranger to the house and an unknown group see nothing', async () => {
  await using t = await startApi()
  t.groups.set('wrFriends', chat([]))
  await mirrorGroup('wrFriends', t.deps)
  const withoutChen = chat([], { member_version: 'v2' })
  withoutChen.member_list = withoutChen.member_list.filter(({ userid }) => userid !== 'ChenChen')
  t.groups.set('wrFriends', withoutChen)
  t.clock.advance(60_000)
  await mirrorGroup('wrFriends', t.deps)
  expect((await (await signIn(t, 'ChenChen')).get('/api/groups/wrFriends')).statusCode).toBe(404)
  expect((await (await signIn(t, 'HeadOffice')).get('/api/groups/wrNowhere')).statusCode).toBe(404)
  expect((await t.app.inject('/api/groups/wrFriends')).statusCode).toBe(401)
})

test('comings and goings are counted by days in Shanghai', async () => {
  await using t = await startApi()
  const before = [
    { id: 'wmLongAgo', joinedAt: FOUNDING },
    { id: 'wmGone', joinedAt: FOUNDING },
  ]
  t.groups.set('wrFriends', chat(before))
  t.clock.set(new Date('2026-09-15T00:30:00+08:00'))
  await mirrorGroup('wrFriends', t.deps)
  t.groups.set(
    'wrFriends',
    chat(
      [
        { id: 'wmLongAgo', joinedAt: FOUNDING },
        { id: 'wmToday', joinedAt: '2026-09-21T00:00:00+08:00' },
        { id: 'wmYesterday', joinedAt: '2026-09-20T23:59:59+08:00' },
        { id: 'wmSixDays', joinedAt: '2026-09-15T00:00:00+08:00' },
        { id: 'wmSevenDays', joinedAt: '2026-09-14T23:59:59+08:00' },
      ],
      { member_version: 'v2' },
    ),
  )
  t.clock.set(new Date('2026-09-15T00:40:00+08:00'))
  await mirrorGroup('wrFriends', t.deps)
  t.clock.set(new Date('2026-09-21T10:00:00+08:00'))
  const viewer = await signIn(t, 'LinXiao')
  expect((await viewer.get('/api/groups/wrFriends')).json()).toMatchObject({
    name: '老友群',
    notice: '周三会员日',
    owner: { userId: 'LinXiao', name: '林晓', isMe: true },
    size: 7,
    today: { joined: 1, left: 0 },
    week: { joined: 3, left: 1 },
  })
  t.clock.set(new Date('2026-09-22T00:00:00+08:00'))
  const tomorrow = await signIn(t, 'LinXiao')
  expect((await tomorrow.get('/api/groups/wrFriends')).json()).toMatchObject({
    today: { joined: 0, left: 0 },
    week: { joined: 2, left: 0 },
  })
})

test('who is in it is told apart: my customers, my colleagues’, nobody’s, and guides', async () => {
  await using t = await startApi()
  await befriend(t, { externalUserId: 'wmMine', name: '安娜' })
  await befriend(t, { externalUserId: 'wmTheirs', name: '贝拉', guideUserId: 'ChenChen' })
  await befriend(t, { externalUserId: 'wmLost', name: '卡拉' })
  t.clock.advance(1000)
  await unfriend(t, { externalUserId: 'wmLost' })
  await put(t, 'members', [{ memberNo: 'M1', externalUserId: 'wmMine', tier: '金卡' }])
  t.groups.set(
    'wrFriends',
    chat([
      { id: 'wmMine', joinedAt: '2026-09-01T10:00:00+08:00', scene: 3, nickname: '安安' },
      { id: 'wmTheirs', joinedAt: '2026-09-02T10:00:00+08:00', scene: 2 },
      { id: 'wmLost', joinedAt: '2026-09-03T10:00:00+08:00', scene: 1, inviter: 'ZhouMin' },
      { id: 'wmStranger', joinedAt: '2026-09-04T10:00:00+08:00', scene: 9, name: '路人' },
    ]),
  )
  const see = async (userId: string) => {
    const viewer = await signIn(t, userId)
    const { counts } = (await viewer.get('/api/groups/wrFriends')).json()
    const list = async (standing: string) => {
      const answer = await viewer.get(`/api/groups/wrFriends/members?standing=${standing}`)
      return answer.json<{ members: GroupMember[] }>().members
    }
    return { counts, list }
  }
  const lin = await see('LinXiao')
  expect(lin.counts).toEqual({ mine: 1, colleagues: 1, strangers: 2, guides: 2 })
  expect(await lin.list('mine')).toEqual([
    {
      memberId: 'wmMine',
      name: '安娜',
      nickname: '安安',
      tier: '金卡',
      joinedAt: '2026-09-01T02:00:00.000Z',
      scene: 'qr',
      opens: true,
    },
  ])
  expect(await lin.list('colleagues')).toMatchObject([{ memberId: 'wmTheirs', scene: 'link', opens: false }])
  expect(await lin.list('strangers')).toMatchObject([
    { memberId: 'wmStranger', name: '路人', scene: 'other', opens: false },
    { memberId: 'wmLost', scene: 'direct', inviter: { userId: 'ZhouMin', name: '周敏' }, opens: false },
  ])
  expect(await lin.list('guides')).toMatchObject([
    { memberId: 'LinXiao', name: '林晓', role: 'owner', opens: false },
    { memberId: 'ChenChen', name: '陈晨', opens: false },
  ])
  // The manager of 林晓's store may open her customers, HQ everybody's.
  const zhou = await see('ZhouMin')
  expect(zhou.counts).toMatchObject({ mine: 0, colleagues: 2 })
  expect((await zhou.list('colleagues')).map(({ memberId, opens }) => [memberId, opens])).toEqual([
    ['wmTheirs', false],
    ['wmMine', true],
  ])
  expect((await (await see('HeadOffice')).list('colleagues')).map(({ opens }) => opens)).toEqual([true, true])
})

test('a long list comes in pages, newest first, each person once', async () => {
  await using t = await startApi()
  const people = Array.from({ length: 130 }, (_, index) => ({
    id: `wm${index}`,
    joinedAt: new Date(Date.parse(FOUNDING) + Math.floor(index / 7) * 60_000).toISOString(),
  }))
  t.groups.set('wrFriends', chat(people))
  const viewer = await signIn(t, 'LinXiao')
  const seen: GroupMember[] = []
  let cursor: string | undefined
  let pages = 0
  do {
    const path = `/api/groups/wrFriends/members?standing=strangers${cursor ? `&cursor=${cursor}` : ''}`
    const page = (await viewer.get(path)).json<{ members: GroupMember[]; nextCursor?: string }>()
    seen.push(...page.members)
    cursor = page.nextCursor
    pages += 1
  } while (cursor)
  expect(pages).toBe(3)
  expect(new Set(seen.map(({ memberId }) => memberId)).size).toBe(130)
  expect(seen).toEqual([...seen].sort((a, b) => (a.joinedAt < b.joinedAt ? 1 : a.joinedAt > b.joinedAt ? -1 : 0)))
  const broken = await viewer.get('/api/groups/wrFriends/members?standing=strangers&cursor=nonsense')
  expect(broken.statusCode).toBe(400)
})

test('sales are the group channel’s orders that members placed while they were in it', async () => {
  await using t = await startApi()
  await put(t, 'members', [{ memberNo: 'M1', externalUserId: 'wmAnna' }])
  t.groups.set(
    'wrFriends',
    chat([
      { id: 'wmAnna', joinedAt: '2026-09-01T10:00:00+08:00' },
      { id: 'wmBella', joinedAt: FOUNDING },
    ]),
  )
  await mirrorGroup('wrFriends', t.deps)
  const order = (orderId: string, placedAt: string, changes: object) => ({
    orderId,
    channel: 'group',
    placedAt,
    lines: [{ productId: 'swan', quantity: 1, amount: 10_000 }],
    ...changes,
  })
  const anna = { customer: { externalUserId: 'wmAnna' } }
  await put(t, 'orders', [
    order('in', '2026-09-02T10:00:00+08:00', anna),
    order('byCard', '2026-09-03T10:00:00+08:00', { customer: { memberNo: 'M1' }, paidAmount: 9_950 }),
    order('before', '2026-08-31T10:00:00+08:00', anna),
    order('elsewhere', '2026-09-02T10:00:00+08:00', { ...anna, channel: 'store' }),
    order('outsider', '2026-09-02T10:00:00+08:00', { customer: { externalUserId: 'wmNobody' } }),
    order('bella', '2026-09-04T10:00:00+08:00', { customer: { externalUserId: 'wmBella' } }),
  ])
  const viewer = await signIn(t, 'LinXiao')
  const sales = async () => (await viewer.get('/api/groups/wrFriends')).json().sales
  expect(await sales()).toEqual({ orders: 3, buyers: 2, amount: 29_950 })

  // What a member bought before leaving stays the group's; what they buy afterwards is not.
  const gone = chat([{ id: 'wmAnna', joinedAt: '2026-09-01T10:00:00+08:00' }], { member_version: 'v2' })
  t.groups.set('wrFriends', gone)
  t.clock.advance(60_000)
  await mirrorGroup('wrFriends', t.deps)
  await put(t, 'orders', [order('later', '2026-09-21T12:00:00+08:00', { customer: { externalUserId: 'wmBella' } })])
  expect(await sales()).toEqual({ orders: 3, buyers: 2, amount: 29_950 })
})

test('a group WeCom knows and we do not yet is read when it is opened, once for the tab’s two questions', async () => {
  await using t = await startApi()
  t.groups.set('wrFriends', chat([]))
  const viewer = await signIn(t, 'LinXiao')
  const [card, members] = await Promise.all([
    viewer.get('/api/groups/wrFriends'),
    viewer.get('/api/groups/wrFriends/members?standing=guides'),
  ])
  expect([card.statusCode, members.statusCode]).toEqual([200, 200])
  expect(members.json().members).toHaveLength(2)
  expect(t.asked).toEqual(['wrFriends'])
  t.clock.advance(4_000)
  await viewer.get('/api/groups/wrFriends')
  expect(t.asked).toEqual(['wrFriends'])
})

test('other systems read the group, its members and, if they ask, who has left', async () => {
  await using t = await startApi()
  const anna = { id: 'wmAnna', joinedAt: '2026-09-01T10:00:00+08:00', scene: 1, inviter: 'LinXiao', name: '安娜' }
  t.groups.set('wrFriends', chat([anna, { id: 'wmBella', joinedAt: FOUNDING, scene: 3 }]))
  await mirrorGroup('wrFriends', t.deps)
  t.groups.set('wrFriends', chat([anna], { member_version: 'v2' }))
  t.clock.advance(60_000)
  await mirrorGroup('wrFriends', t.deps)
  const read = (path: string) =>
    t.app.inject({ url: `/open/v1/groups/${path}`, headers: { authorization: `Bearer ${TILL_KEY}` } })

  const group = (await read('wrFriends')).json()
  expect(group).toMatchObject({
    chatId: 'wrFriends',
    name: '老友群',
    owner: { userId: 'LinXiao' },
    notice: '周三会员日',
    status: 'normal',
    memberVersion: 'v2',
    members: [
      { userId: 'ChenChen', scene: 'direct' },
      { userId: 'LinXiao', scene: 'direct' },
      {
        externalUserId: 'wmAnna',
        name: '安娜',
        joinedAt: '2026-09-01T02:00:00.000Z',
        scene: 'direct',
        inviter: { userId: 'LinXiao' },
      },
    ],
  })
  expect(group).not.toHaveProperty('history')
  expect((await read('wrFriends?history=true')).json().history).toEqual([
    {
      externalUserId: 'wmBella',
      name: 'wmBella',
      joinedAt: '2026-08-01T02:00:00.000Z',
      scene: 'qr',
      leftAt: t.clock.now().toISOString(),
      leftHow: 'missing',
    },
  ])
  expect((await read('wrNowhere')).statusCode).toBe(404)
})
