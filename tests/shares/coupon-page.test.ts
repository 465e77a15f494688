import { randomUUID } from 'node:crypto'
import { checkCharacter, makeCouponCode, printCouponCode } from '@zhanggui/server/coupons/code.ts'
import { conditionWords, validityWords, worthWords } from '@zhanggui/server/coupons/words.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import fc from '../support/properties.ts'
import { befriend, couponTemplate, openShop, put } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

test('a coupon’s page shows worth, terms, code and QR while it can be used, and no code after', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'coupons', [couponTemplate({ storeIds: ['pandora'], redeemAt: 'store' })])
  const lin = await signIn(t, 'LinXiao')
  const request = { requestId: randomUUID(), externalUserId: 'wmAnna', kind: 'coupon', refId: 'save100' }
  const link = new URL((await lin.post('/api/shares', request)).json().link).pathname
  const { code } = await t.db.selectFrom('coupon').select('code').executeTakeFirstOrThrow()

  const page = await browser(t).get(link)
  expect(page.statusCode).toBe(200)
  expect(page.headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
  for (const words of [
    '林晓',
    '万象城潘多拉专柜',
    '¥100',
    '满 ¥999 可用',
    '2026年12月31日 23:59',
    printCouponCode(code),
    '<svg',
  ])
    expect(page.body).toContain(words)
  expect(page.body).not.toContain('<script')
  expect((await lin.get('/api/customers/wmAnna/coupons')).json().held).toMatchObject([{ state: 'opened' }])

  t.clock.set(new Date('2027-01-01T00:00:00+08:00'))
  const expired = await browser(t).get(link)
  expect(expired.body).toContain('已过期')
  expect(expired.body).not.toContain(printCouponCode(code))
  expect(t.logs.join('')).not.toContain(code)
})

test('an unknown link is a kind page, not a problem document', async () => {
  await using t = await testApp()
  for (const link of ['/c/AAAAAAAAAAAAAAAAAAAAAA', '/c/%3Cscript%3E', "/c/'", '/c/%00', '/s/%00', '/join/%00']) {
    const page = await browser(t).get(link)
    expect([link, page.statusCode, page.headers['content-type']]).toEqual([link, 404, 'text/html; charset=utf-8'])
    expect(page.body).toContain('回到聊天里')
  }
})

test('one wrong character in a code is always noticed', () =>
  fc.assert(
    fc.property(fc.nat(11), fc.nat(30), (place, step) => {
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
      const code = makeCouponCode()
      const right = alphabet.indexOf(code[place] ?? '')
      const wrong = code.slice(0, place) + alphabet[(right + 1 + step) % 32] + code.slice(place + 1)
      return checkCharacter(code.slice(0, 11)) === code[11] && checkCharacter(wrong.slice(0, 11)) !== wrong[11]
    }),
  ))

test.for([
  [{ kind: 'amount', value: 10_000, minimumSpend: 99_900 }, '¥100', '满 ¥999 可用'],
  [{ kind: 'amount', value: 1250, minimumSpend: 0 }, '¥12.50', '无门槛'],
  [{ kind: 'percent', value: 15, minimumSpend: 0 }, '8.5折', '无门槛'],
  [{ kind: 'percent', value: 20, minimumSpend: 123_456_00 }, '8折', '满 ¥123,456 可用'],
  [{ kind: 'gift', value: 8800, minimumSpend: 0 }, '礼品', '价值 ¥88 · 无门槛'],
] as const)('%j reads %s, %s', ([worth, value, condition]) => {
  expect([worthWords(worth), conditionWords(worth)]).toEqual([value, condition])
})

test('a coupon valid to midnight is good to the last minute of the day before', () => {
  const from = new Date('2026-09-01T00:00:00+08:00')
  expect(validityWords(from, new Date('2027-01-01T00:00:00+08:00'))).toEqual(['2026年9月1日', '2026年12月31日 23:59'])
})
