import { enqueue } from '@zhanggui/server/jobs/enqueue.ts'
import { prepareInvitation } from '@zhanggui/server/membership/invitations.ts'
import { runSync } from '@zhanggui/server/sync/run-sync.ts'
import { strFromU8, unzipSync } from 'fflate'
import { expect } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { couponTemplate, product, put } from '../support/shop.ts'

const OLD = '2026-01-02T10:00:00+08:00'

interface Someone {
  /** For ids that are not a person's. */
  initial: string
  id: string
  unionId: string
  name: string
  realName: string
  remark: string
  description: string
  phone: string
  notedPhone: string
  memberNo: string
  birthday: string
  nickname: string
}

export const anna: Someone = {
  initial: 'A',
  id: 'wmAnna',
  unionId: 'unionOfAnna',
  name: '安娜王',
  realName: '王安娜',
  remark: '周末来的安娜',
  description: '对银过敏的那位',
  phone: '13812345678',
  notedPhone: '13887654321',
  memberNo: 'M-ANNA-1',
  birthday: '1990-05-04',
  nickname: '安娜在群里',
}

/** Another, whose id begins like hers, and of whom nothing may be touched. */
export const bella: Someone = {
  initial: 'B',
  id: 'wmAnnaBella',
  unionId: 'unionOfBella',
  name: '贝拉李',
  realName: '李贝拉',
  remark: '常客贝拉',
  description: '喜欢珍珠',
  phone: '13911112222',
  notedPhone: '13933334444',
  memberNo: 'M-BELLA-2',
  birthday: '1988-11-30',
  nickname: '贝拉在群里',
}

export interface PersonStory extends Story {
  api: ReturnType<typeof openApi>
  /** The clock that both sides go by jumps ahead. */
  later(ms: number): void
  /** Reads the whole corp, as every night. */
  sync(): Promise<void>
  erase(id?: string): Promise<void>
  /** An export's files: name → text. */
  exported(id?: string): Promise<Record<string, string>>
}

/** 安娜 and 贝拉 are friends of 林晓 and in a group of hers; the mirror has read it all. */
export async function startPersonStory(): Promise<PersonStory> {
  const people = [anna, bella]
  let shift = 0
  const clock = { now: () => new Date(Date.now() + shift) }
  const story = await startStory({
    clock,
    simulator: {
      now: clock.now,
      seed: smallWorld({
        customers: people.map(({ id, name, unionId }) => ({ externalUserId: id, name, unionId, gender: 2 })),
        tagGroups: [{ groupId: 'etStyle', name: '风格', tags: [{ tagId: 'etSilver', name: '喜欢银色' }] }],
        relations: people.map(({ id, remark, description }) => ({
          guide: 'LinXiao',
          customer: id,
          addedAt: OLD,
          addWay: 1,
          remark,
          description,
          tags: ['etSilver'],
          ownTags: ['爱笑'],
        })),
        groups: [
          {
            chatId: 'wrOld',
            name: '老友群',
            owner: 'LinXiao',
            createdAt: OLD,
            members: [
              { id: 'LinXiao', joinedAt: OLD, joinScene: 1 },
              ...people.map(({ id }) => ({ id, joinedAt: OLD, joinScene: 3 as const })),
            ],
          },
        ],
      }),
    },
  })
  const { server } = story
  const api = openApi(server)
  const sync = async () => {
    const { state } = await runSync(server.deps, {
      parts: ['guides', 'tags', 'customers', 'groups'],
      startedBy: 'command',
      resumeWithinMs: 0,
      atOnce: 2,
      signal: new AbortController().signal,
    })
    expect(state).toBe('complete')
    await story.settled()
  }
  for (const { id, remark, notedPhone } of people)
    await server.deps.wecom.call('externalcontact/remark', {
      userid: 'LinXiao',
      external_userid: id,
      remark,
      remark_mobiles: [notedPhone],
    })
  await sync()
  return {
    ...story,
    api,
    sync,
    later: (ms) => {
      shift += ms
    },
    async erase(id = anna.id) {
      const answer = await api.post(`/customers/${id}/erase`, { reason: '顾客要求删除' })
      expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('erasedAt')])
    },
    async exported(id = anna.id) {
      const answer = await api.post(`/customers/${id}/export`, {})
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip'])
      return Object.fromEntries(
        Object.entries(unzipSync(answer.rawPayload)).map(([name, bytes]) => [name, strFromU8(bytes)]),
      )
    },
  }
}

/** Something of both people in every table that can hold something of people. */
export async function liveALittle(story: PersonStory): Promise<void> {
  const { server, db, api, simulator } = story
  await put(server, 'stores', [{ storeId: 'pandora', name: '潘多拉专柜' }])
  await put(server, 'guides', [{ userId: 'LinXiao', storeId: 'pandora' }])
  await put(server, 'products', [product()])
  await put(server, 'coupons', [couponTemplate()])
  await put(server, 'tiers', [
    { tier: 'silver', name: '银卡', rank: 1, basis: 'lifetime', threshold: 0, monthlyCouponId: 'not-here-yet' },
  ])
  await put(server, 'channels', [
    { channelId: 'window', name: '橱窗', kind: 'guides', guideIds: ['LinXiao'], source: 'public' },
  ])
  for (const person of [anna, bella]) await liveAs(person, story)
  for (const { id } of [anna, bella]) {
    await (await simulator.addFriend({ guide: 'ZhouMin', customer: id })).delivered
    await story.settled()
    const ruling = { externalUserId: id, toUserId: 'ZhouMin', reason: '离家近', by: '王敏' }
    expect((await api.post('/rulings', ruling, { 'idempotency-key': id })).statusCode).toBe(200)
  }
  await api.post('/handovers', {
    kind: 'active',
    fromUserId: 'LinXiao',
    toUserId: 'ZhouMin',
    externalUserIds: [anna.id, bella.id],
  })
  await story.settled()
  expect(await db.selectFrom('handoverCustomer').select('state').execute()).toEqual([
    { state: 'waiting' },
    { state: 'waiting' },
  ])
}

async function liveAs(person: Someone, { server, db, simulator, settled }: PersonStory): Promise<void> {
  const { id, memberNo, phone, unionId } = person
  const at = new Date()
  const pair = { externalUserId: id, guideUserId: 'LinXiao' }
  await put(server, 'members', [
    { memberNo, externalUserId: id, phone, name: person.realName, birthday: person.birthday, points: 100 },
  ])
  const sale = (customer: object, suffix: string) => ({
    orderId: `o-${suffix}-of-${person.initial}`,
    channel: 'store',
    storeId: 'pandora',
    placedAt: '2026-09-20T10:00:00+08:00',
    lines: [{ productId: 'swan', quantity: 1, amount: 89_900 }],
    customer,
  })
  await put(server, 'orders', [
    sale({ externalUserId: id }, 'by-id'),
    sale({ memberNo }, 'by-number'),
    sale({ phone }, 'by-phone'),
    sale({ unionId }, 'by-union'),
  ])
  await put(server, 'refunds', [
    {
      refundId: `back-of-${person.initial}`,
      refundedAt: '2026-09-20T12:00:00+08:00',
      lines: [{ productId: 'swan', quantity: 1, amount: 100 }],
      customer: { memberNo, phone },
    },
  ])
  await db
    .insertInto('identityDecision')
    .values({
      kind: 'phone',
      value: server.deps.cipher.hash(phone),
      externalUserId: id,
      cause: 'decision',
      claimants: [id],
      decidedBy: 'HeadOffice',
      decidedAt: at,
    })
    .execute()
  await db
    .insertInto('formerMemberNo')
    .values({ formerNo: `ZG-${memberNo}`, memberNo, replacedAt: at })
    .execute()
  const issued = { couponId: 'save100', externalUserId: id, ordinal: 1, issuedAt: at, validTo: at }
  await db
    .insertInto('coupon')
    .values({ ...issued, code: `code-of-${person.initial}`, token: `token-of-${person.initial}` })
    .execute()
  await db
    .insertInto('couponEvent')
    .values({ code: `code-of-${person.initial}`, what: 'issued', at, source: 'rule' })
    .execute()
  await db
    .insertInto('guideAction')
    .values({ ...pair, actionId: crypto.randomUUID(), action: 'remark_edit', at })
    .execute()
  await db
    .insertInto('share')
    .values({
      ...pair,
      shareId: crypto.randomUUID(),
      token: `share-of-${person.initial}`,
      requestId: `tap-of-${person.initial}`,
      kind: 'product',
      ref: 'swan',
      title: '天鹅项链',
      createdAt: at,
    })
    .execute()
  await db
    .insertInto('consent')
    .values({ externalUserId: id, purpose: 'marketing', wordingVersion: '1', grantedAt: at })
    .execute()
  const { invitationId } = await prepareInvitation(server.deps, pair)
  const phoneHash = server.deps.cipher.hash(phone)
  await db
    .insertInto('phoneVerification')
    .values({ invitationId, phoneHash, codeHash: 'x', sentAt: at, expiresAt: at })
    .execute()
  await db
    .insertInto('tagWrite')
    .values({ ...pair, tagId: 'etSilver', wanted: false, askedAt: at, refusedAt: at })
    .execute()
  await db
    .insertInto('channelArrival')
    .values({ ...pair, channelId: 'window', at })
    .execute()
  await db.insertInto('channelVisit').values({ channelId: 'window', what: 'chatted', at, subject: id }).execute()
  const payload = { name: 'follow.edited', data: pair, at, receivedAt: at }
  await db
    .insertInto('failedJob')
    .values({
      task: 'mirror_customer',
      payload: JSON.stringify(payload),
      outcome: 'final',
      reason: 'x',
      attempts: 1,
      failedAt: at,
    })
    .execute()
  await enqueue(db, { task: 'mirror_customer', payload, priority: 0, runAt: new Date(at.getTime() + 3_600_000) })
  await (await simulator.editRemark({ guide: 'LinXiao', customer: id, description: person.description })).delivered
  await settled()
  await (await simulator.leaveGroup({ chatId: 'wrOld', members: [id] })).delivered
  await (await simulator.joinGroup({ chatId: 'wrOld', members: [id], scene: 3 })).delivered
  await settled()
  await db.updateTable('groupMembership').set({ nickname: person.nickname }).where('memberId', '=', id).execute()
}
