import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeCoupon, makeGuide, makeLine, makeMember, makeOrder, makeProduct, makeRule, makeStore } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
beforeAll(() => sender.put('stores', [makeStore()]))

const link = (fields: object) => ({ msgtype: 'link', link: { title: 't', url: 'https://a.example/', ...fields } })
const faults: [kind: string, record: object, code: string, detail: RegExp][] = [
  ['guides', makeGuide({ storeId: 's9' }), 'store_unknown', /^\/storeId/],
  ['guides', makeGuide({ userId: '林晓' }), 'invalid_field', /^\/userId/],
  ['guides', makeGuide({ role: 'boss' }), 'invalid_field', /^\/role must be one of guide, manager$/],
  ['products', makeProduct({ price: -1 }), 'invalid_field', /^\/price must be >= 0$/],
  ['products', makeProduct({ price: 1.5 }), 'invalid_field', /^\/price must be integer$/],
  ['products', makeProduct({ price: '100' }), 'invalid_field', /^\/price must be integer$/],
  ['products', makeProduct({ price: 1e300 }), 'invalid_field', /^\/price/],
  ['products', makeProduct({ onSale: 'yes' }), 'invalid_field', /^\/onSale must be boolean$/],
  ['products', makeProduct({ url: 'javascript:alert(1)' }), 'invalid_field', /^\/url/],
  ['products', makeProduct({ imageUrl: 'https://' }), 'invalid_field', /^\/imageUrl/],
  ['products', makeProduct({ miniProgram: { appId: 'wx1' } }), 'missing_field', /^\/miniProgram\/page is missing$/],
  ['products', makeProduct({ stock: [{ storeId: 's1', quantity: -1 }] }), 'invalid_field', /^\/stock\/0\/quantity/],
  [
    'products',
    makeProduct({ stock: [{ storeId: 's1', quantity: 2 ** 31 }] }),
    'invalid_field',
    /^\/stock\/0\/quantity/,
  ],
  [
    'products',
    makeProduct({ stock: Array(2).fill({ storeId: 's1', quantity: 1 }) }),
    'invalid_field',
    /^\/stock names a store twice$/,
  ],
  ['members', makeMember({ phone: '12345' }), 'invalid_phone', /^\/phone/],
  ['members', makeMember({ phone: '138****5678' }), 'invalid_phone', /^\/phone/],
  ['members', makeMember({ phone: 13_812_345_678 }), 'invalid_field', /^\/phone must be string$/],
  ['members', makeMember({ birthday: '1990-02-30' }), 'invalid_field', /^\/birthday/],
  ['members', makeMember({ points: -5 }), 'invalid_field', /^\/points/],
  ['members', makeMember({ joinedAt: '2026-09-01' }), 'invalid_field', /^\/joinedAt/],
  ['members', makeMember({ joinedAt: '2026-09-01T00:00:00' }), 'invalid_field', /^\/joinedAt/],
  ['orders', makeOrder({ lines: [] }), 'invalid_field', /^\/lines/],
  ['orders', makeOrder({ lines: [makeLine({ quantity: 0 })] }), 'invalid_field', /^\/lines\/0\/quantity/],
  ['orders', makeOrder({ lines: [makeLine(), makeLine({ amount: -1 })] }), 'invalid_field', /^\/lines\/1\/amount/],
  [
    'orders',
    makeOrder({ lines: [makeLine({ colour: 'red' })] }),
    'unknown_field',
    /^\/lines\/0\/colour is not a field$/,
  ],
  ['orders', makeOrder({ channel: 'tv' }), 'invalid_field', /^\/channel must be one of store, mall, group/],
  ['orders', makeOrder({ placedAt: '0000-01-01T00:00:00Z' }), 'invalid_field', /^\/placedAt/],
  ['orders', makeOrder({ placedAt: '2026-09-01T10:00:00Z[UTC]' }), 'invalid_field', /^\/placedAt/],
  ['orders', makeOrder({ customer: { phone: '138****5678' } }), 'invalid_phone', /^\/customer\/phone/],
  ['orders', makeOrder({ customer: { wechat: 'x' } }), 'unknown_field', /^\/customer\/wechat/],
  ['orders', makeOrder({ paidAmount: -1 }), 'invalid_field', /^\/paidAmount/],
  ['coupons', makeCoupon({ kind: 'percent', value: 101 }), 'invalid_field', /^\/value/],
  ['coupons', makeCoupon({ kind: 'percent', value: 0 }), 'invalid_field', /^\/value/],
  ['coupons', makeCoupon({ validTo: '2026-09-01T00:00:00+08:00' }), 'invalid_field', /^\/validTo/],
  ['coupons', makeCoupon({ validTo: '2026-08-31T16:00:00Z' }), 'invalid_field', /^\/validTo/],
  ['coupons', makeCoupon({ perCustomer: 0 }), 'invalid_field', /^\/perCustomer/],
  ['coupons', makeCoupon({ stock: -1 }), 'invalid_field', /^\/stock/],
  ['welcome-rules', makeRule({ text: '' }), 'invalid_field', /^\/text/],
  // 1 334 characters of three bytes each are 4 002 bytes.
  ['welcome-rules', makeRule({ text: '好'.repeat(1334) }), 'invalid_field', /^\/text .* 4000 bytes$/],
  ['welcome-rules', makeRule({ memberText: '好'.repeat(1334) }), 'invalid_field', /^\/memberText .* 4000 bytes$/],
  [
    'welcome-rules',
    makeRule({ attachments: [link({ title: '好'.repeat(43) })] }),
    'invalid_field',
    /^\/attachments\/0\/link\/title .* 128 bytes$/,
  ],
  [
    'welcome-rules',
    makeRule({ attachments: [link({}), link({ desc: '好'.repeat(171) })] }),
    'invalid_field',
    /^\/attachments\/1\/link\/desc .* 512 bytes$/,
  ],
  [
    'welcome-rules',
    makeRule({
      attachments: [
        {
          msgtype: 'miniprogram',
          miniprogram: { title: '好'.repeat(22), appid: 'wx1', page: 'p', pic_url: 'https://a.example/p.png' },
        },
      ],
    }),
    'invalid_field',
    /^\/attachments\/0\/miniprogram\/title .* 64 bytes$/,
  ],
  ['welcome-rules', makeRule({ attachments: Array(9).fill(link({})) }), 'invalid_field', /^\/attachments/],
  [
    'welcome-rules',
    makeRule({ attachments: [{ msgtype: 'voice' }] }),
    'invalid_field',
    /msgtype must be one of image, link/,
  ],
  [
    'welcome-rules',
    makeRule({ attachments: [{ msgtype: 'image', image: { url: 'ftp://a.example/p.png' } }] }),
    'invalid_field',
    /^\/attachments\/0\/image\/url must match pattern/,
  ],
  [
    'welcome-rules',
    makeRule({ attachments: [{ msgtype: 'image', image: { media_id: 'x' } }] }),
    'missing_field',
    /^\/attachments\/0\/image\/url is missing; \/attachments\/0\/image\/media_id is not a field$/,
  ],
  ['welcome-rules', makeRule({ match: { weekdays: [8] } }), 'invalid_field', /^\/match\/weekdays\/0/],
  ['welcome-rules', makeRule({ match: { from: '24:00' } }), 'invalid_field', /^\/match\/from/],
  ['welcome-rules', makeRule({ match: { guides: ['a'] } }), 'unknown_field', /^\/match\/guides/],
]
test.for(faults)('%s: %j is rejected as %s', async ([kind, record, code, detail]) => {
  const { accepted, unchanged, rejected } = await sender.put(kind, [record])
  expect({ accepted, unchanged }).toEqual({ accepted: 0, unchanged: 0 })
  expect(rejected).toEqual([{ index: 0, id: expect.any(String), code, detail: expect.stringMatching(detail) }])
})
