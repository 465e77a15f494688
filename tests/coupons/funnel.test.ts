import { expect, test } from 'vitest'
import { browser } from '../support/browser.ts'
import { couponTemplate, put } from '../support/shop.ts'
import { openCounter } from './counter.ts'

const period = 'from=2026-09-01&to=2026-10-01'

test('the funnel counts each step, each order once, and splits the cost to the fen', async () => {
  const { t, till } = await openCounter({ perCustomer: 10, costShare: 3333 })
  await using _ = t
  await put(t, 'coupons', [
    couponTemplate({
      couponId: 'off15',
      title: '新品尝鲜',
      kind: 'percent',
      value: 15,
      minimumSpend: 0,
      costShare: 10_000,
    }),
  ])
  const issue = async (couponId: string, customer: string, guideId?: string) => {
    const wish = { couponId, customer: { externalUserId: customer }, ...(guideId && { guideId }) }
    return (await till.post('/coupons/issue', wish)).json()
  }
  await issue('save100', 'wm1', 'LinXiao') // stays closed
  const opened = await issue('save100', 'wm2', 'linxiao')
  const claimed = await issue('save100', 'wm3', 'LinXiao')
  const used = await issue('save100', 'wm4', 'ChenChen')
  const percent = await issue('off15', 'wm4', 'ChenChen')
  const untold = await issue('off15', 'wm5')
  const customer = browser(t)
  await customer.get(new URL(opened.url).pathname)
  await customer.get(new URL(claimed.url).pathname)
  await customer.submit(new URL(claimed.url).pathname, {})
  // The till's order comes after, names both codes, one of them as it was printed.
  await till.redeem(used.code, { orderId: 'o1', storeId: 'lancome' })
  await till.redeem(percent.code, { amount: 77_777 })
  await till.redeem(untold.code)
  const order = {
    orderId: 'o1',
    channel: 'store',
    placedAt: '2026-09-21T09:00:00+08:00',
    lines: [{ productId: 'swan', quantity: 1, amount: 100_003 }],
    paidAmount: 80_000,
    coupons: [used.code, percent.code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-')],
  }
  await put(t, 'orders', [order, { ...order, orderId: 'o2', coupons: [], paidAmount: 1 }])

  const save100 = { opened: 3, claimed: 2, redeemed: 1, orders: 1, amount: 80_000, costUnknown: 0 }
  const byTemplate = (await till.get(`/reports/coupons?${period}&by=template`)).json()
  expect(byTemplate.rows).toEqual([
    { key: 'save100', name: '满 999 减 100', issued: 4, ...save100, cost: 10_000, costMall: 3333, costBrand: 6667 },
    // 15 % of ¥1,000.03; of the other nobody knows.
    {
      key: 'off15',
      name: '新品尝鲜',
      issued: 2,
      opened: 2,
      claimed: 2,
      redeemed: 2,
      orders: 1,
      amount: 80_000,
      cost: 15_000,
      costMall: 15_000,
      costBrand: 0,
      costUnknown: 1,
    },
  ])
  const total = {
    issued: 6,
    opened: 5,
    claimed: 4,
    redeemed: 3,
    orders: 1,
    amount: 80_000,
    cost: 25_000,
    costMall: 18_333,
    costBrand: 6667,
    costUnknown: 1,
  }
  expect(byTemplate.total).toEqual(total)
  const brief = async (by: string) => {
    const { rows, total: all } = (await till.get(`/reports/coupons?${period}&by=${by}`)).json()
    expect(all).toEqual(total)
    return rows.map(({ key, name, issued, redeemed }: Record<string, unknown>) => [key, name, issued, redeemed])
  }
  expect(await brief('guide')).toEqual([
    ['LinXiao', '林晓', 3, 0],
    ['ChenChen', '陈晨', 2, 2],
    [undefined, undefined, 1, 1],
  ])
  expect(await brief('store')).toEqual([
    ['pandora', '万象城潘多拉专柜', 3, 0],
    ['lancome', '万象城兰蔻专柜', 2, 2],
    [undefined, undefined, 1, 1],
  ])
  const before = (await till.get('/reports/coupons?from=2026-08-01&to=2026-09-01&by=store')).json()
  expect(before).toMatchObject({ rows: [], total: { issued: 0, cost: 0 } })
})

test('a template edited later changes no cost of the past, and an undone redemption costs nothing', async () => {
  const { t, till } = await openCounter({ perCustomer: 2, costShare: 5000 })
  await using _ = t
  const [kept, undone] = [await till.issue(), await till.issue('wmBella')]
  await till.redeem(kept)
  await till.redeem(undone)
  await till.post('/coupons/undo-redemption', { code: undone, reason: '点错了', by: 'HeadOffice' })
  await put(t, 'coupons', [couponTemplate({ perCustomer: 2, value: 1 })])
  const { total } = (await till.get(`/reports/coupons?${period}&by=template`)).json()
  expect(total).toMatchObject({ issued: 2, redeemed: 1, cost: 10_000, costMall: 5000, costBrand: 5000 })
})
