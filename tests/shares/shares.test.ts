import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import { browser } from '../support/browser.ts'
import { befriend, couponTemplate, openShop, product, put, unfriend } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

async function shopWithCoupon(template: object = {}): Promise<TestApp & { lin: Browser }> {
  const t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'coupons', [couponTemplate(template)])
  return { ...t, lin: await signIn(t, 'LinXiao') }
}

const coupon = (over: object = {}) => ({
  requestId: randomUUID(),
  externalUserId: 'wmAnna',
  kind: 'coupon',
  refId: 'save100',
  ...over,
})
const coupons = (t: TestApp) => t.db.selectFrom('coupon').selectAll().orderBy('issuedAt').execute()
const issued = async (t: TestApp) =>
  (await t.db.selectFrom('couponTemplate').select('issued').executeTakeFirstOrThrow()).issued
const path = (link: string) => new URL(link).pathname

test('a coupon becomes a card whose link shows the code, and the code is in neither', async () => {
  await using t = await shopWithCoupon()
  const answer = await t.lin.post('/api/shares', coupon())
  expect(answer.statusCode).toBe(200)
  const share = answer.json()
  const [row] = await coupons(t)
  expect(row).toMatchObject({ couponId: 'save100', externalUserId: 'wmAnna', issuedBy: 'LinXiao', ordinal: 1 })
  expect(row?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
  expect(share.link).toBe(`https://guide.example.com/c/${row?.token}`)
  expect(share.message).toEqual({
    msgtype: 'news',
    news: {
      link: share.link,
      title: '送您一张满 999 减 100',
      desc: '¥100,满 ¥999 可用,2026年12月31日 23:59 前有效',
      imgUrl: 'https://guide.example.com/pictures/coupon.png',
    },
  })
  expect(answer.body).not.toContain(row?.code)
  const picture = await t.app.inject('/pictures/coupon.png')
  expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png'])
  expect(t.logs.join('')).not.toContain(row?.code)
  expect(t.logs.join('')).not.toContain(row?.token)
})

test('a double tap is one share and one code, also when both arrive at once', async () => {
  await using t = await shopWithCoupon({ perCustomer: 5 })
  const request = coupon()
  const answers = await Promise.all(Array.from({ length: 6 }, () => t.lin.post('/api/shares', request)))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200])
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await coupons(t)).toHaveLength(1)
  expect(await issued(t)).toBe(1)
})

test('a request id used again for something else is refused and issues nothing', async () => {
  await using t = await shopWithCoupon({ perCustomer: 5 })
  await befriend(t, { externalUserId: 'wmBea' })
  await put(t, 'products', [product()])
  const request = coupon()
  await t.lin.post('/api/shares', request)
  for (const other of [{ externalUserId: 'wmBea' }, { kind: 'product', refId: 'swan' }, { refId: 'save200' }]) {
    const answer = await t.lin.post('/api/shares', { ...request, ...other })
    expect(answer.json()).toMatchObject({ status: 409, code: 'request_id_reused' })
  }
  expect(await coupons(t)).toHaveLength(1)
})

test('of twenty sends at once a stock of five gives five', async () => {
  await using t = await shopWithCoupon({ stock: 5 })
  const customers = Array.from({ length: 20 }, (_, index) => `wm${index}`)
  for (const externalUserId of customers) await befriend(t, { externalUserId })
  const answers = await Promise.all(
    customers.map((externalUserId) => t.lin.post('/api/shares', coupon({ externalUserId }))),
  )
  const codes = answers.map((answer) => (answer.statusCode === 200 ? 'ok' : answer.json().code)).sort()
  expect(codes).toEqual([...Array(15).fill('coupon_out_of_stock'), ...Array(5).fill('ok')])
  expect(await coupons(t)).toHaveLength(5)
  expect(await issued(t)).toBe(5)
  expect(await t.db.selectFrom('share').select('shareId').execute()).toHaveLength(5)
})

test('of ten sends at once to one customer a limit of two gives two', async () => {
  await using t = await shopWithCoupon({ perCustomer: 2 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => t.lin.post('/api/shares', coupon())))
  const codes = answers.map((answer) => (answer.statusCode === 200 ? 'ok' : answer.json().code)).sort()
  expect(codes).toEqual([...Array(8).fill('coupon_limit_reached'), 'ok', 'ok'])
  expect((await coupons(t)).map(({ ordinal }) => ordinal).sort()).toEqual([1, 2])
  expect(await issued(t)).toBe(2)
})

test('a refused send leaves nothing behind, so the same request may try again', async () => {
  await using t = await shopWithCoupon({ stock: 0 })
  const request = coupon()
  expect((await t.lin.post('/api/shares', request)).json()).toMatchObject({ code: 'coupon_out_of_stock' })
  await put(t, 'coupons', [couponTemplate({ stock: 1 })])
  expect((await t.lin.post('/api/shares', request)).statusCode).toBe(200)
})

test.for([
  [{ refId: 'none' }, 404, 'coupon_unknown'],
  [{ refId: 'late' }, 409, 'coupon_not_valid'],
  [{ kind: 'product', refId: 'none' }, 404, 'product_unknown'],
  [{ kind: 'product', refId: 'old' }, 409, 'product_off_sale'],
  [{ refId: undefined }, 400, 'validation_failed'],
  [{ externalUserId: 'wmNobody' }, 404, 'customer_not_visible'],
  [{ kind: 'poem' }, 400, 'validation_failed'],
  [{ requestId: 'not-a-uuid' }, 400, 'validation_failed'],
] as const)('a send of %j is refused', async ([over, status, code]) => {
  await using t = await shopWithCoupon()
  await put(t, 'coupons', [couponTemplate({ couponId: 'late', validTo: '2026-09-02T00:00:00+08:00' })])
  await put(t, 'products', [product({ productId: 'old', onSale: false })])
  const answer = await t.lin.post('/api/shares', coupon(over))
  expect([answer.statusCode, answer.json().code]).toEqual([status, code])
})

test('a code that never reached the chat is given again instead of a new one', async () => {
  await using t = await shopWithCoupon()
  const first = (await t.lin.post('/api/shares', coupon())).json()
  expect((await t.lin.post(`/api/shares/${first.shareId}/outcome`, { outcome: 'cancelled' })).statusCode).toBe(204)
  const second = (await t.lin.post('/api/shares', coupon())).json()
  expect(second.link).toBe(first.link)
  expect(second.shareId).not.toBe(first.shareId)
  expect(await issued(t)).toBe(1)
  const third = await t.lin.post('/api/shares', coupon())
  expect(third.json()).toMatchObject({ code: 'coupon_limit_reached' })
})

test('a coupon not opened yet can be taken back by its sender, and goes back to the stock', async () => {
  await using t = await shopWithCoupon({ stock: 1 })
  await befriend(t, { guideUserId: 'ChenChen' })
  const chen = await signIn(t, 'ChenChen')
  const share = (await t.lin.post('/api/shares', coupon())).json()
  const withdraw = `/api/shares/${share.shareId}/withdraw`
  expect((await chen.post(withdraw, {})).json()).toMatchObject({ code: 'share_unknown' })
  expect((await t.lin.post(withdraw, {})).statusCode).toBe(204)
  expect((await t.lin.post(withdraw, {})).statusCode).toBe(204)
  expect(await issued(t)).toBe(0)
  const page = await browser(t).get(path(share.link))
  expect(page.statusCode).toBe(410)
  expect(page.body).toContain('已撤回')
  expect((await t.lin.post('/api/shares', coupon())).statusCode).toBe(200)
})

test('an opened coupon stays with the customer', async () => {
  await using t = await shopWithCoupon()
  const share = (await t.lin.post('/api/shares', coupon())).json()
  await browser(t).get(path(share.link))
  const answer = await t.lin.post(`/api/shares/${share.shareId}/withdraw`, {})
  expect(answer.json()).toMatchObject({ status: 409, code: 'coupon_already_opened' })
  expect(await issued(t)).toBe(1)
})

test('an old share cannot take back the code that a later one brought', async () => {
  await using t = await shopWithCoupon()
  const first = (await t.lin.post('/api/shares', coupon())).json()
  await t.lin.post(`/api/shares/${first.shareId}/outcome`, { outcome: 'refused' })
  await t.lin.post('/api/shares', coupon())
  expect((await t.lin.post(`/api/shares/${first.shareId}/withdraw`, {})).statusCode).toBe(204)
  expect((await browser(t).get(path(first.link))).statusCode).toBe(200)
  expect(await issued(t)).toBe(1)
})

test('outcomes are the sender’s to tell, and the first one stands unless it was unknown', async () => {
  await using t = await shopWithCoupon()
  await befriend(t, { guideUserId: 'ChenChen' })
  const chen = await signIn(t, 'ChenChen')
  const { shareId } = (await t.lin.post('/api/shares', coupon())).json()
  const tell = (by: Browser, outcome: string) => by.post(`/api/shares/${shareId}/outcome`, { outcome })
  const outcome = async () => (await t.db.selectFrom('share').select('outcome').executeTakeFirstOrThrow()).outcome
  expect((await tell(chen, 'cancelled')).statusCode).toBe(404)
  await tell(t.lin, 'unknown')
  expect(await outcome()).toBe('unknown')
  await tell(t.lin, 'handed_over')
  await tell(t.lin, 'cancelled')
  expect(await outcome()).toBe('handed_over')
  expect((await tell(t.lin, 'delivered')).statusCode).toBe(400)
})

test('a product’s link counts visits and leads to where it is sold; without a shop it shows the product', async () => {
  await using t = await shopWithCoupon()
  await put(t, 'products', [
    product({ url: 'https://mall.example.com/swan?from=chat', imageUrl: 'https://img.example.com/swan.jpg' }),
    product({ productId: 'ring', name: '<戒指> & "对戒"' }),
  ])
  const send = async (refId: string) => (await t.lin.post('/api/shares', coupon({ kind: 'product', refId }))).json()
  const swan = await send('swan')
  expect(swan.message.news).toMatchObject({
    title: '天鹅项链',
    desc: '¥899 · 潘多拉 · 万象城潘多拉专柜 林晓',
    imgUrl: 'https://img.example.com/swan.jpg',
  })
  const phone = browser(t)
  for (let visit = 0; visit < 2; visit++) {
    const answer = await phone.get(path(swan.link))
    expect([answer.statusCode, answer.headers.location]).toEqual([302, 'https://mall.example.com/swan?from=chat'])
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  }
  const card = (await t.lin.get('/api/customers/wmAnna')).json()
  expect(card.timeline).toContainEqual(
    expect.objectContaining({ kind: 'visit', title: '打开了「天鹅项链」', detail: '看了 2 次' }),
  )

  const page = await phone.get(path((await send('ring')).link))
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('&lt;戒指&gt; &amp; &quot;对戒&quot;')
  expect(page.body).toContain('林晓')
  const unknown = await phone.get('/s/AAAAAAAAAAAAAAAAAAAAAA')
  expect([unknown.statusCode, unknown.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
})

test('an invitation is a link to enrol, counts once handed over, and is refused for a member', async () => {
  await using t = await shopWithCoupon()
  const request = coupon({ kind: 'invitation', refId: undefined })
  const share = (await t.lin.post('/api/shares', request)).json()
  expect((await t.lin.post('/api/shares', request)).json()).toEqual(share)
  expect(path(share.link)).toMatch(/^\/join\/[\w.-]+$/)
  expect((await t.lin.get('/api/customers/wmAnna')).json()).not.toHaveProperty('invitation')
  await t.lin.post(`/api/shares/${share.shareId}/outcome`, { outcome: 'handed_over' })
  expect((await t.lin.get('/api/customers/wmAnna')).json()).toMatchObject({ invitation: { state: 'invited' } })
  expect((await browser(t).get(path(share.link))).statusCode).toBe(200)
  expect((await t.lin.get('/api/customers/wmAnna')).json()).toMatchObject({ invitation: { state: 'opened' } })

  await put(t, 'members', [{ memberNo: 'm1', externalUserId: 'wmAnna' }])
  const refused = await t.lin.post('/api/shares', coupon({ kind: 'invitation', refId: undefined }))
  expect(refused.json()).toMatchObject({ status: 409, code: 'already_member' })
})

test('after the customer has left, nothing more can be sent to them', async () => {
  await using t = await shopWithCoupon()
  await unfriend(t)
  expect((await t.lin.post('/api/shares', coupon())).json()).toMatchObject({ code: 'customer_not_visible' })
})
