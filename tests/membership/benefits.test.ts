import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeLine, makeOrder, makeRefund } from '../open-api/records.ts'
import { openApi } from '../ownership/open-api.ts'
import { anna, gold, monthly, openMembership, silver } from './member-story.ts'

const rich = { ...silver, monthlyCouponId: 'monthly' }
const gift = { benefitId: 'gift', kind: 'monthly_gift', name: '到店礼', couponId: 'gift' }
const giftCoupon = monthly({ couponId: 'gift', title: '护手霜', kind: 'gift', value: 0 })
const people = Array.from({ length: 20 }, (_, n) => ({ memberNo: `m${n}`, externalUserId: `wm${n}` }))

test('two nightly runs at once give every member one coupon, and the next month another', async () => {
  await using story = await openMembership()
  await story.send('coupons', [monthly()])
  await story.send('tiers', [{ ...rich, threshold: 0 }])
  await story.send('members', people)
  await story.work()
  const month = async (occasion: string) => {
    const grants = (await story.grants()).filter((grant) => grant.occasion === occasion)
    return [grants.length, new Set(grants.map(({ externalUserId }) => externalUserId)).size]
  }
  expect(await month('2026-09')).toEqual([20, 20])
  story.clock.set(new Date('2026-10-01T00:00:00+08:00'))
  await Promise.all([story.run(), story.run(), story.run()])
  await story.run()
  expect(await month('2026-10')).toEqual([20, 20])
  expect((await story.grants()).every(({ code, refused }) => code !== null && refused === null)).toBe(true)
  const coupons = await story.coupons()
  expect([coupons.length, new Set(coupons.map(({ externalUserId }) => externalUserId)).size]).toEqual([40, 20])
  expect(await story.db.selectFrom('couponTemplate').select('issued').execute()).toEqual([{ issued: 40 }])
  const told = await story.db.selectFrom('couponEvent').select(['what', 'source']).distinct().execute()
  expect(told).toEqual([{ what: 'issued', source: 'rule' }])
})

test('without stock or template HQ is told, and what comes late is issued once', async () => {
  await using story = await openMembership()
  await story.send('tiers', [{ ...rich, threshold: 0 }])
  await story.send('members', people.slice(0, 3))
  await story.work()
  const alerts = () =>
    story.db.selectFrom('alert').select(['kind', 'subject', 'detail']).where('closedAt', 'is', null).execute()
  expect((await story.grants()).map(({ code, refused }) => [code, refused])).toEqual(
    Array.from({ length: 3 }, () => [null, 'coupon_unknown']),
  )
  expect(await alerts()).toEqual([
    { kind: 'benefit_not_issued', subject: 'monthly', detail: 'monthly:没有这个券模板,3 位会员还没领到。' },
  ])
  story.clock.advance(60_000)
  await story.send('coupons', [monthly({ stock: 2 })])
  await story.run()
  expect((await story.grants()).map(({ refused }) => refused).sort()).toEqual(['coupon_out_of_stock', null, null])
  expect(await alerts()).toEqual([expect.objectContaining({ detail: '金卡月度券:库存发完了,1 位会员还没领到。' })])
  story.clock.advance(60_000)
  await story.send('coupons', [monthly({ stock: 3, minimumSpend: 100 })])
  await story.run()
  expect(await alerts()).toEqual([expect.objectContaining({ detail: expect.stringContaining('无门槛') })])
  story.clock.advance(60_000)
  await story.send('coupons', [monthly({ stock: 3 })])
  await Promise.all([story.run(), story.run()])
  await story.run()
  expect(await alerts()).toEqual([])
  expect(await story.coupons()).toHaveLength(3)
})

test('any paid order unlocks the month’s gift, a member day comes again, and the card says so', async () => {
  await using story = await openMembership({ now: new Date('2026-09-21T10:00:00+08:00') })
  await story.send('coupons', [giftCoupon, monthly({ couponId: 'day', title: '会员日券' })])
  await story.send('member-benefits', [
    gift,
    { benefitId: 'day', kind: 'member_day', name: '会员日', couponId: 'day', weekdays: [3] },
  ])
  await story.send('members', [{ ...anna, points: 1280, storedValue: 5000 }])
  await story.work()
  expect(await story.card()).toMatchObject({
    member: { points: 1280, storedValue: 5000, source: 'crm', updatedAt: expect.any(String) },
    benefits: { gift: { name: '到店礼', state: 'locked' }, memberDay: { name: '会员日', day: '2026-09-23' } },
  })
  await story.buy('free', 0)
  expect(await story.grants()).toEqual([])
  await story.buy('o1', 100)
  await story.buy('o2', 100)
  expect((await story.grants()).map(({ ref, occasion }) => `${ref} ${occasion}`)).toEqual(['gift 2026-09'])
  expect((await story.card()).benefits?.gift?.state).toBe('held')
  const [held] = await story.coupons()
  await openApi(story.t).post('/coupons/redeem', { code: held?.code, storeId: 'pandora' })
  expect((await story.card()).benefits?.gift?.state).toBe('used')
  for (const day of ['22', '23', '24', '30']) await story.at(`2026-09-${day}T00:00:00`)
  expect((await story.grants()).slice(1).map(({ ref, occasion }) => `${ref} ${occasion}`)).toEqual([
    'day 2026-09-23',
    'day 2026-09-30',
  ])
  // The till tells of the last evening a little late.
  await story.at('2026-10-01T09:00:00')
  await story.send('members', [{ memberNo: 'm2', externalUserId: 'wmBella' }])
  await story.buy('o3', 100, { customer: { memberNo: 'm2' }, placedAt: '2026-09-30T21:50:00+08:00' })
  expect((await story.grants()).at(-1)).toMatchObject({ externalUserId: 'wmBella', ref: 'gift', occasion: '2026-09' })
})

test('no order of events, repeated or at once, gives anything twice', async () => {
  await using story = await openMembership()
  await story.send('coupons', [monthly(), monthly({ couponId: 'better' }), giftCoupon])
  await story.send('tiers', [rich, { ...gold, threshold: 300_000, monthlyCouponId: 'better' }])
  await story.send('member-benefits', [gift])
  let cases = 0
  const eventsOf = (n: number) => {
    const customer = { memberNo: `case-${n}` }
    const order = (orderId: string, amount: number) =>
      [
        'orders',
        makeOrder({
          orderId: `${orderId}-${n}`,
          placedAt: '2026-09-20T10:00:00+08:00',
          customer,
          lines: [makeLine({ amount })],
        }),
      ] as const
    return [
      ['members', { memberNo: customer.memberNo, externalUserId: `wmCase${n}` }],
      order('small', 120_000),
      order('large', 400_000),
      ['refunds', makeRefund({ refundId: `r-${n}`, orderId: `large-${n}`, lines: [makeLine({ amount: 400_000 })] })],
      ['run', {}],
    ] as const
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
      async (waves) => {
        const n = cases++
        const events = eventsOf(n)
        const happen = async (index: number) => {
          const [kind, record] = events[index] ?? ['run', {}]
          await (kind === 'run' ? story.run() : story.send(kind, [record]))
        }
        for (const wave of waves) await Promise.all(wave.map(happen))
        // Whatever happened so far, by now all of it has.
        for (const index of [0, 1, 2, 3, 4]) await happen(index)
        const mine = (await story.grants()).filter(({ externalUserId }) => externalUserId === `wmCase${n}`)
        const given = mine.map(({ kind, ref }) => `${kind} ${ref}`)
        // Gold only where the large order was heard of before it was given back, silver not where it came first.
        expect([...new Set(given)]).toEqual(given)
        expect(given).toContain('monthly_gift gift')
        expect(given.some((one) => one.startsWith('tier_coupon'))).toBe(true)
        const coupons = (await story.coupons()).filter(({ externalUserId }) => externalUserId === `wmCase${n}`)
        expect(coupons.map(({ code }) => code).sort()).toEqual(mine.map(({ code }) => code).sort())
      },
    ),
    { numRuns: 6, seed: 20260921 },
  )
})

test('an erased member’s coupons stay under the pseudonym, and nothing more is issued', async () => {
  await using story = await openMembership()
  await story.send('tiers', [{ ...rich, threshold: 0 }])
  await story.send('members', [anna])
  await story.work()
  await openApi(story.t).post('/customers/wmAnna/erase', { reason: '顾客要求删除' })
  await story.send('coupons', [monthly()])
  await story.run()
  expect(await story.coupons()).toEqual([])
  expect(await story.db.selectFrom('tierStanding').selectAll().execute()).toEqual([])
  expect(await story.db.selectFrom('tierDue').selectAll().execute()).toEqual([])
  const [grant] = await story.grants()
  const [move] = await story.db.selectFrom('tierMove').select('externalUserId').execute()
  expect([grant?.externalUserId, move?.externalUserId]).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/^erased:/)),
  )
})
