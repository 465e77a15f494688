import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeCoupon, makeRule } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const template = (couponId: string) =>
  t.db.selectFrom('couponTemplate').selectAll().where('couponId', '=', couponId).executeTakeFirstOrThrow()

test('a coupon takes the contract’s defaults', async () => {
  await sender.put('coupons', [makeCoupon({ couponId: 'plain' })])
  expect(await template('plain')).toMatchObject({
    minimumSpend: 0,
    stock: null,
    perCustomer: 1,
    redeemAt: 'both',
    storeIds: [],
    validFrom: new Date('2026-08-31T16:00:00Z'),
  })
})

test('stock never falls below what has been issued, and a neighbour is not disturbed', async () => {
  await sender.put('coupons', [makeCoupon({ couponId: 'stock', stock: 10 })])
  await t.db.updateTable('couponTemplate').set({ issued: 4 }).where('couponId', '=', 'stock').execute()
  expect(
    await sender.put('coupons', [
      makeCoupon({ couponId: 'stock', stock: 3, title: '不能改' }),
      makeCoupon({ couponId: 'neighbour' }),
    ]),
  ).toEqual({
    accepted: 1,
    unchanged: 0,
    rejected: [
      { index: 0, id: 'stock', code: 'stock_below_issued', detail: '/stock is below the 4 coupons already issued' },
    ],
  })
  expect(await template('stock')).toMatchObject({ stock: 10, title: '满千减百', issued: 4 })
  for (const stock of [{ stock: 4 }, {}])
    expect(await sender.put('coupons', [makeCoupon({ couponId: 'stock', ...stock })])).toMatchObject({ accepted: 1 })
})

test('a rule’s files wait to be uploaded, once each, and a job goes to fetch them', async () => {
  const image = { msgtype: 'image', image: { url: 'https://a.example/card.png' } }
  const attachments = [
    image,
    image,
    { msgtype: 'link', link: { title: '商城', url: 'https://a.example/', picurl: 'https://a.example/no.png' } },
    {
      msgtype: 'miniprogram',
      miniprogram: { title: '商城', appid: 'wx1', page: 'index', pic_url: 'https://a.example/mini.png' },
    },
    { msgtype: 'video', video: { url: 'https://a.example/v.mp4' } },
    { msgtype: 'file', file: { url: 'https://a.example/f.pdf' } },
  ]
  await sender.put('welcome-rules', [
    makeRule({ ruleId: 'media', attachments }),
    makeRule({ ruleId: 'same', attachments }),
  ])
  const media = await t.db.selectFrom('media').select(['sourceUrl', 'kind', 'mediaId']).orderBy('sourceUrl').execute()
  expect(media).toEqual([
    { sourceUrl: 'https://a.example/card.png', kind: 'image', mediaId: null },
    { sourceUrl: 'https://a.example/f.pdf', kind: 'file', mediaId: null },
    { sourceUrl: 'https://a.example/mini.png', kind: 'image', mediaId: null },
    { sourceUrl: 'https://a.example/v.mp4', kind: 'video', mediaId: null },
  ])
  const jobs = await sql<{ key: string }>`select key from graphile_worker.jobs`.execute(t.db)
  expect(jobs.rows).toEqual([{ key: 'refresh_media' }])
})

test('an empty list in a rule is no condition', async () => {
  const match = { guideIds: [], storeIds: ['s1'], states: [], weekdays: [], from: '09:00' }
  await sender.put('welcome-rules', [makeRule({ ruleId: 'lists', match })])
  const rule = await t.db.selectFrom('welcomeRule').select('match').where('ruleId', '=', 'lists').executeTakeFirst()
  expect(rule?.match).toEqual({ storeIds: ['s1'], from: '09:00' })
  expect(
    await sender.put('welcome-rules', [makeRule({ ruleId: 'lists', match: { storeIds: ['s1'], from: '09:00' } })]),
  ).toMatchObject({ unchanged: 1 })
})

test('texts of exactly the size WeCom takes are taken', async () => {
  const text = `${'好'.repeat(1333)}!`
  const attachments = [
    {
      msgtype: 'link',
      link: { title: `${'好'.repeat(42)}ab`, desc: `${'好'.repeat(170)}ab`, url: 'https://a.example/' },
    },
  ]
  expect(
    await sender.put('welcome-rules', [makeRule({ ruleId: 'full', text, memberText: text, attachments })]),
  ).toMatchObject({ accepted: 1 })
})
