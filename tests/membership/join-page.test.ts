import { fillInviteUrl, markInvited, prepareInvitation } from '@zhanggui/server/membership/invitations.ts'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Browser, browser } from '../support/browser.ts'
import { befriend, openShop, put } from '../support/shop.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const PHONE = '13812345678'

/** A gateway that keeps what it was told to send. */
function smsBox() {
  const box: { phone: string; code: string }[] = []
  return {
    box,
    send: async (phone: string, code: string) => void box.push({ phone, code }),
    last: () => box.at(-1)?.code ?? '',
  }
}

async function invited(sms?: ReturnType<typeof smsBox>): Promise<TestApp & { link: string; phone: Browser }> {
  const t = await testApp({ ...(sms && { sms }) })
  await openShop(t)
  await befriend(t)
  return { ...t, link: await inviteLink(t), phone: browser(t) }
}

async function inviteLink(t: TestApp, { guideUserId = 'LinXiao', externalUserId = 'wmAnna' } = {}): Promise<string> {
  const { url, invitationId } = await prepareInvitation(t.deps, { guideUserId, externalUserId })
  await markInvited(t.db, invitationId, t.clock.now())
  return new URL(url).pathname
}

const form = (over: Record<string, string> = {}) => ({
  name: '王安娜',
  birthday: '1990-05-04',
  membership: 'on',
  ...over,
})
const members = (t: TestApp) => t.db.selectFrom('member').selectAll().orderBy('joinedAt').execute()
const invitation = (t: TestApp) => t.db.selectFrom('invitation').selectAll().executeTakeFirstOrThrow()

test('the page says who invites, asks for little, and ticks nothing beforehand', async () => {
  await using t = await invited()
  const page = await t.phone.get(t.link)
  expect(page.statusCode).toBe(200)
  expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const words of ['林晓', '万象城潘多拉专柜', '会员服务', '新品和优惠']) expect(page.body).toContain(words)
  expect(page.body).not.toMatch(/<input[^>]*\bchecked\b/)
  expect(page.body).not.toContain('<script')
  expect(page.body).not.toContain('name="phone"')
  expect((await invitation(t)).openedAt).toEqual(t.clock.now())
})

test('enrolling makes a member with the consents given, once', async () => {
  await using t = await invited()
  const answer = await t.phone.submit(t.link, form({ marketing: 'on' }))
  expect([answer.statusCode, answer.headers.location]).toEqual([303, t.link])
  const [member] = await members(t)
  expect(member).toMatchObject({
    memberNo: expect.stringMatching(/^ZG\d{10}$/),
    externalUserId: 'wmAnna',
    name: '王安娜',
    birthday: '1990-05-04',
    phoneHash: null,
    source: 'enrolment',
  })
  expect((await invitation(t)).enrolledAt).toEqual(t.clock.now())
  expect(await t.db.selectFrom('consent').select(['purpose', 'wordingVersion']).orderBy('purpose').execute()).toEqual([
    { purpose: 'marketing', wordingVersion: '2026-11' },
    { purpose: 'membership', wordingVersion: '2026-11' },
  ])
  const card = await t.phone.get(t.link)
  expect(card.body).toContain('欢迎您')
  expect(card.body.replaceAll(' ', '')).toContain(member?.memberNo)

  t.clock.advance(60 * 60_000)
  const again = await t.phone.submit(t.link, form({ name: '别人' }))
  expect(again.body).toContain('您已经是会员了')
  expect(await members(t)).toEqual([member])
  expect(await t.db.selectFrom('consent').select('purpose').execute()).toHaveLength(2)
})

test('enrolling from two invitations at once makes one member', async () => {
  await using t = await invited()
  await befriend(t, { guideUserId: 'ChenChen' })
  const other = await inviteLink(t, { guideUserId: 'ChenChen' })
  const answers = await Promise.all([t.link, other, t.link, other].map((link) => t.phone.submit(link, form())))
  for (const { statusCode } of answers) expect([200, 303]).toContain(statusCode)
  expect(await members(t)).toHaveLength(1)
  expect(await t.db.selectFrom('consent').select('purpose').execute()).toHaveLength(1)
})

test('what is missing or wrong is said beside it, and what was typed stays', async () => {
  await using t = await invited()
  const wrong: [Record<string, string>, string][] = [
    [{ name: ' ' }, '请填怎么称呼您'],
    [{ name: '安'.repeat(31) }, '请不要超过 30 个字'],
    [{ birthday: '1990-02-30' }, '请检查生日'],
    [{ birthday: '2027-01-01' }, '请检查生日'],
    [{ birthday: '2020-01-01' }, '请由家长来开卡'],
    [{ name: '"><script>alert(1)</script>', birthday: 'x' }, '&quot;&gt;&lt;script&gt;'],
  ]
  for (const [over, says] of wrong) {
    const page = await t.phone.submit(t.link, form(over))
    expect([over, page.statusCode]).toEqual([over, 422])
    expect(page.body).toContain(says)
  }
  const { membership: _, ...unconsenting } = form({ marketing: 'on' })
  const page = await t.phone.submit(t.link, unconsenting)
  expect(page.body).toContain('开卡需要您同意“会员服务”')
  expect(page.body).toContain('value="王安娜"')
  expect(page.body).toContain('value="1990-05-04"')
  expect(await members(t)).toEqual([])
})

test('links forged, for another purpose, or cut short lead to one kind page', async () => {
  await using t = await invited()
  const { invitationId } = await invitation(t)
  const soon = new Date(t.clock.now().getTime() + DAY_MS)
  const forged = [
    t.link.slice(0, -1),
    `${t.link.slice(0, -1)}${t.link.endsWith('A') ? 'B' : 'A'}`,
    `/join/${t.deps.tokens.sign('coupon', String(invitationId), soon)}`,
    `/join/${t.deps.tokens.sign('join', '999999', soon)}`,
    '/join/1.zzz.AAAAAAAAAAAAAAAAAAAAAA',
    '/join/x',
  ]
  for (const link of forged) {
    const page = await t.phone.get(link)
    expect([link, page.statusCode]).toEqual([link, 404])
    expect(page.body).toContain('这个邀请打不开')
    expect((await t.phone.submit(link, form())).statusCode).toBe(404)
  }
  expect(await members(t)).toEqual([])
})

test('an old link says so and who can send a new one; an invitation sent again works and keeps its state', async () => {
  await using t = await invited()
  await t.phone.get(t.link)
  const first = await invitation(t)
  t.clock.advance(30 * DAY_MS)
  const page = await t.phone.submit(t.link, form())
  expect(page.statusCode).toBe(410)
  expect(page.body).toContain('已经过期')
  expect(page.body).toContain('林晓')
  expect(await members(t)).toEqual([])

  const renewed = await inviteLink(t)
  expect(await invitation(t)).toMatchObject({ ...first, expiresAt: new Date(t.clock.now().getTime() + 30 * DAY_MS) })
  expect((await t.phone.submit(renewed, form())).statusCode).toBe(303)
})

test('who is a member by the CRM sees the card at once', async () => {
  await using t = await invited()
  await put(t, 'members', [{ memberNo: 'VIP0042', externalUserId: 'wmAnna', tier: '金卡', points: 1280 }])
  const page = await t.phone.get(t.link)
  for (const words of ['您已经是会员了', 'VIP0042', '金卡', '1,280']) expect(page.body).toContain(words)
})

test('a phone is kept sealed and hashed once its code has confirmed it', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  const asked = await t.phone.submit(`${t.link}/code`, form({ phone: '+86 138-1234 5678', marketing: 'on' }))
  expect(asked.statusCode).toBe(200)
  expect(asked.body).toContain('验证码已发出')
  expect(asked.body).toContain('value="王安娜"')
  expect(asked.body).toContain('value="+86 138-1234 5678"')
  expect(asked.body.match(/\bchecked\b/g)).toHaveLength(2)
  expect(sms.box).toEqual([{ phone: PHONE, code: expect.stringMatching(/^\d{6}$/) }])

  expect((await t.phone.submit(t.link, form({ phone: PHONE, code: sms.last() }))).statusCode).toBe(303)
  const [member] = await members(t)
  expect(member?.phoneVerifiedAt).toEqual(t.clock.now())
  expect(member?.phoneHash).toBe(t.deps.cipher.hash(PHONE))
  expect(member?.phoneSealed && t.deps.cipher.open(member.phoneSealed)).toBe(PHONE)
  const logged = t.logs.join('')
  for (const secret of [PHONE, sms.last(), '王安娜', t.link.slice(6)]) expect(logged).not.toContain(secret)
})

test('without its confirmed code nothing is enrolled with a phone', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  const attempt = (over: Record<string, string>) => t.phone.submit(t.link, form({ phone: PHONE, ...over }))
  expect((await attempt({})).body).toContain('请填短信里的 6 位验证码')
  expect((await attempt({ code: '123456' })).body).toContain('验证码不对或已过期')
  await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  const code = sms.last()
  expect((await t.phone.submit(t.link, form({ phone: '13900000000', code }))).body).toContain('验证码不对或已过期')
  t.clock.advance(5 * 60_000)
  expect((await attempt({ code })).body).toContain('验证码不对或已过期')
  expect(await members(t)).toEqual([])
  expect((await t.phone.submit(t.link, form())).statusCode).toBe(303)
})

test('a code can be guessed five times, then even the right one is refused', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  const wrong = sms.last() === '000000' ? '000001' : '000000'
  const attempts = await Promise.all(
    Array.from({ length: 5 }, () => t.phone.submit(t.link, form({ phone: PHONE, code: wrong }))),
  )
  for (const { statusCode } of attempts) expect(statusCode).toBe(422)
  expect((await t.phone.submit(t.link, form({ phone: PHONE, code: sms.last() }))).statusCode).toBe(422)
  expect(await members(t)).toEqual([])
})

test('codes are few: one a minute, five a day to a phone, eight a day from an invitation', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  const ask = (phone: string, address = '203.0.113.1') => browser(t, address).submit(`${t.link}/code`, form({ phone }))
  const atOnce = await Promise.all(Array.from({ length: 4 }, () => ask(PHONE)))
  expect(atOnce.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422, 422])
  expect(sms.box).toHaveLength(1)
  expect((await ask(PHONE)).body).toContain('请一分钟后再取')
  for (let sent = 1; sent < 5; sent++) {
    t.clock.advance(61_000)
    expect((await ask(PHONE)).statusCode).toBe(200)
  }
  t.clock.advance(61_000)
  expect((await ask(PHONE)).body).toContain('次数已满')
  for (const phone of ['13900000001', '13900000002', '13900000003']) {
    expect((await ask(phone)).statusCode).toBe(200)
    t.clock.advance(61_000)
  }
  expect((await ask('13900000004')).body).toContain('次数已满')
  expect(sms.box).toHaveLength(8)
  t.clock.advance(DAY_MS)
  expect((await ask(PHONE)).statusCode).toBe(200)

  const many = await Promise.all(Array.from({ length: 25 }, () => ask('13900000005', '203.0.113.9')))
  const stopped = many.find(({ statusCode }) => statusCode === 429)
  expect(stopped?.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(stopped?.body).toContain('请稍等一下')
})

test('only a mainland mobile gets a code', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  for (const phone of ['', '1381234567', '23812345678', '+1 202 555 0100', '<b>']) {
    const page = await t.phone.submit(`${t.link}/code`, form({ phone }))
    expect([phone, page.statusCode]).toEqual([phone, 422])
  }
  expect(sms.box).toEqual([])
})

test('a gateway that fails is said, and the form goes on without a phone', async () => {
  await using t = await invited({ ...smsBox(), send: () => Promise.reject(new Error('down')) })
  const page = await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  expect(page.body).toContain('短信暂时发不出去')
  expect(t.logs.join('')).not.toContain(PHONE)
  expect((await t.phone.submit(t.link, form())).statusCode).toBe(303)
})

test('a confirmed phone finds the member of the CRM; the page is the same for a phone nobody knows', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  await befriend(t, { externalUserId: 'wmBea' })
  const other = await inviteLink(t, { externalUserId: 'wmBea' })
  await put(t, 'members', [{ memberNo: 'VIP0042', phone: PHONE, name: '王女士' }])
  const known = await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  const unknown = await t.phone.submit(`${other}/code`, form({ phone: '13900000001' }))
  const blank = (body: string) => body.replaceAll(/\/join\/[\w.-]+|1[38]\d{9}|13900000001/g, '')
  expect(blank(known.body)).toBe(blank(unknown.body))

  const [first, second] = sms.box
  expect((await t.phone.submit(t.link, form({ phone: PHONE, code: first?.code ?? '' }))).statusCode).toBe(303)
  await t.phone.submit(other, form({ phone: '13900000001', code: second?.code ?? '' }))
  const rows = await members(t)
  expect(rows.find(({ memberNo }) => memberNo === 'VIP0042')).toMatchObject({
    externalUserId: 'wmAnna',
    name: '王女士',
    birthday: '1990-05-04',
  })
  expect(rows.find(({ externalUserId }) => externalUserId === 'wmBea')?.memberNo).toMatch(/^ZG/)
  expect(rows).toHaveLength(2)
})

test('a phone without its code is matched with nobody', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  await put(t, 'members', [{ memberNo: 'VIP0042', phone: PHONE }])
  await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  await t.phone.submit(t.link, form({ phone: PHONE, code: '999999' === sms.last() ? '999998' : '999999' }))
  await t.phone.submit(t.link, form())
  const rows = await members(t)
  expect(rows.find(({ memberNo }) => memberNo === 'VIP0042')?.externalUserId).toBeNull()
  expect(rows.find(({ externalUserId }) => externalUserId === 'wmAnna')?.phoneHash).toBeNull()
})

test('members in doubt are not merged: a phone of somebody else’s, or of two, makes a new member', async () => {
  const sms = smsBox()
  await using t = await invited(sms)
  await put(t, 'members', [{ memberNo: 'VIP0042', phone: PHONE, externalUserId: 'wmOther' }])
  await t.phone.submit(`${t.link}/code`, form({ phone: PHONE }))
  await t.phone.submit(t.link, form({ phone: PHONE, code: sms.last() }))
  const rows = await members(t)
  expect(rows.map(({ externalUserId }) => externalUserId).sort()).toEqual(['wmAnna', 'wmOther'])
  expect(t.logs.join('')).toContain('members share a verified phone')
})

test('an external page gets its placeholders filled in and encoded', () => {
  const relation = { token: 'a.b-c', externalUserId: 'wm A&B', guideUserId: 'Lin/Xiao' }
  expect(fillInviteUrl('https://crm.example.com/join?t={token}&c={externalUserId}&g={guide}&x={other}', relation)).toBe(
    'https://crm.example.com/join?t=a.b-c&c=wm%20A%26B&g=Lin%2FXiao&x={other}',
  )
})
