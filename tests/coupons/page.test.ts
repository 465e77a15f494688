import { expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { befriend } from '../support/shop.ts'
import { signIn } from '../support/sign-in.ts'
import { events, openCounter } from './counter.ts'

test('the customer keeps a coupon, uses it, and the page says when and where', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  await befriend(t)
  const issued = await till.post('/coupons/issue', {
    couponId: 'save100',
    customer: { externalUserId: 'wmAnna' },
    guideId: 'LinXiao',
  })
  const { code, url } = issued.json()
  const link = new URL(url).pathname
  const lin = await signIn(t, 'LinXiao')
  const held = async () => (await lin.get('/api/customers/wmAnna/coupons')).json().held
  const customer = browser(t)
  expect((await customer.get(link)).body).toContain('收下这张券')
  const kept = await customer.submit(link, {})
  expect([kept.statusCode, kept.headers.location]).toEqual([303, link])
  await customer.submit(link, {})
  expect((await customer.get(link)).body).toContain('已收下')
  expect(await held()).toMatchObject([{ state: 'claimed' }])
  expect((await lin.get('/api/customers/wmAnna')).json().coupons).toMatchObject({ usable: 1 })

  await till.redeem(code)
  const used = (await customer.get(link)).body
  expect(used).toContain('9月21日 10:00 已在万象城潘多拉专柜使用')
  expect(used).not.toContain('<svg')
  expect(used).not.toContain('收下')
  expect(await held()).toMatchObject([{ state: 'redeemed', redeemedStoreName: '万象城潘多拉专柜' }])
  expect((await lin.get('/api/customers/wmAnna')).json().coupons).toMatchObject({ usable: 0 })
  expect((await events(t, code)).map(({ what }) => what)).toEqual(['issued', 'opened', 'claimed', 'redeemed'])
})

test('a lapsed coupon says since when, and is not kept any more', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const { code, url } = (
    await till.post('/coupons/issue', { couponId: 'save100', customer: { externalUserId: 'wmAnna' } })
  ).json()
  t.clock.set(new Date('2027-01-01T00:00:00+08:00'))
  const customer = browser(t)
  expect((await customer.get(new URL(url).pathname)).body).toContain('2026年12月31日 23:59 已过期')
  await customer.submit(new URL(url).pathname, {})
  expect((await events(t, code)).map(({ what }) => what)).toEqual(['issued', 'opened'])
})
