import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { befriend, couponTemplate, openShop, product, put, unfriend } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

const BRANCHES = ['', '/orders', '/coupons']

test('a guide sees the customers they are friends with now, and of others not even that they exist', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t, { guideUserId: 'LinXiao', externalUserId: 'wmAnna' })
  const lin = await signIn(t, 'LinXiao')
  const chen = await signIn(t, 'ChenChen')
  for (const branch of BRANCHES) {
    expect((await lin.get(`/api/customers/wmAnna${branch}`)).statusCode).toBe(200)
    const strangers = await chen.get(`/api/customers/wmAnna${branch}`)
    const nobodys = await chen.get(`/api/customers/wmNobody${branch}`)
    expect(strangers.statusCode).toBe(404)
    expect(strangers.json()).toMatchObject({ code: 'customer_not_visible' })
    expect(strangers.json()).toEqual(nobodys.json())
  }
  expect((await chen.get('/api/products?externalUserId=wmAnna')).statusCode).toBe(404)

  await unfriend(t, { guideUserId: 'LinXiao', externalUserId: 'wmAnna' })
  expect((await lin.get('/api/customers/wmAnna')).statusCode).toBe(404)
})

test('a manager sees the store, HQ sees all', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t, { guideUserId: 'LinXiao', externalUserId: 'wmAnna' })
  await befriend(t, { guideUserId: 'ChenChen', externalUserId: 'wmBea' })
  const seen = async (userId: string) => {
    const viewer = await signIn(t, userId)
    const answers = await Promise.all(['wmAnna', 'wmBea', 'wmNobody'].map((id) => viewer.get(`/api/customers/${id}`)))
    return answers.map(({ statusCode }) => statusCode)
  }
  expect(await seen('ZhouMin')).toEqual([200, 404, 404])
  expect(await seen('HEADOFFICE')).toEqual([200, 200, 404])
  expect(await seen('LINXIAO')).toEqual([200, 404, 404])
})

test('the card tells who the customer is, whose they are, and what has happened', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t, { guideUserId: 'LinXiao', externalUserId: 'wmAnna', name: '安娜' })
  await put(t, 'products', [product()])
  await put(t, 'members', [
    {
      memberNo: 'm1',
      externalUserId: 'wmAnna',
      phone: '13812345678',
      tier: '金卡',
      points: 1280,
      birthday: '1990-05-04',
    },
  ])
  await put(t, 'orders', [
    {
      orderId: 'o1',
      channel: 'store',
      storeId: 'pandora',
      placedAt: '2026-09-20T10:00:00+08:00',
      lines: [{ productId: 'swan', quantity: 2, amount: 179_800 }],
      customer: { memberNo: 'm1' },
    },
  ])
  const { guideUserId, externalUserId } = { guideUserId: 'LinXiao', externalUserId: 'wmAnna' }
  const at = t.clock.now()
  await t.db
    .insertInto('welcome')
    .values({
      claimKey: 'c1',
      guideUserId,
      externalUserId,
      eventAt: at,
      receivedAt: at,
      outcome: 'failed',
      errcode: 84061,
      finishedAt: at,
    })
    .execute()

  const viewer = await signIn(t, 'LinXiao')
  const answer = await viewer.get('/api/customers/wmAnna')
  expect(answer.json()).toMatchObject({
    externalUserId: 'wmAnna',
    name: '安娜',
    type: 'wechat',
    gender: 'female',
    relation: { userId: 'LinXiao', guideName: '林晓', isMine: true, addWay: '扫码添加' },
    owner: { userId: 'LinXiao', name: '林晓', isMe: true },
    member: { memberNo: 'm1', tier: '金卡', points: 1280, phone: '138****5678', birthday: '1990-05-04', source: 'crm' },
    welcome: { outcome: 'failed', reason: '对方那时已不是好友' },
    totals: { orders: 1, units: 2, amount: 179_800 },
    coupons: { usable: 0 },
  })
  expect(
    answer.json().timeline.map(({ title, detail }: { title: string; detail?: string }) => [title, detail]),
  ).toEqual([
    ['欢迎语没有发出', '对方那时已不是好友'],
    ['和你成为好友', undefined],
    ['买了 天鹅项链 等 2 件', '¥1,798 · 万象城潘多拉专柜'],
  ])
  expect(answer.body).not.toContain('13812345678')
  expect(t.logs.join('')).not.toContain('13812345678')
})

test('ids no database could keep are refused, not stumbled over', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const viewer = await signIn(t, 'HeadOffice')
  for (const url of [
    '/api/customers/%00',
    '/api/customers/a%00/orders',
    '/api/products?q=%00',
    '/api/products?externalUserId=%00',
  ])
    expect([url, (await viewer.get(url)).statusCode]).toEqual([url, 400])
})

test('the card of a friend half added is a card, with little on it', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await t.db.updateTable('customer').set({ name: null, type: null, gender: null, mirroredAt: null }).execute()
  const viewer = await signIn(t, 'LinXiao')
  const card = (await viewer.get('/api/customers/wmAnna')).json()
  expect(card).toMatchObject({ externalUserId: 'wmAnna', tags: [], totals: { orders: 0 } })
  for (const absent of ['name', 'type', 'gender', 'member', 'invitation', 'welcome', 'mirroredAt'])
    expect(card).not.toHaveProperty(absent)
})

test('purchases come newest first, page by page, habits with the first page only', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'products', [product()])
  await put(
    t,
    'orders',
    Array.from({ length: 25 }, (_, day) => ({
      orderId: `o${day}`,
      channel: 'store',
      storeId: 'pandora',
      placedAt: new Date(Date.UTC(2026, 7, 1 + day)).toISOString(),
      lines: [{ productId: 'swan', quantity: 1, amount: 89_900 }],
      customer: { externalUserId: 'wmAnna' },
    })),
  )
  const viewer = await signIn(t, 'LinXiao')
  const first = (await viewer.get('/api/customers/wmAnna/orders')).json()
  const second = (await viewer.get(`/api/customers/wmAnna/orders?cursor=${first.nextCursor}`)).json()
  const ids = [...first.purchases, ...second.purchases].map(({ orderId }: { orderId: string }) => orderId)
  expect(ids).toEqual(Array.from({ length: 25 }, (_, day) => `o${24 - day}`))
  expect(first.habits).toMatchObject({ unitsPerOrder: 1, favouriteCategory: { name: '项链', percent: 100 } })
  expect(second).not.toHaveProperty('habits')
  expect(second).not.toHaveProperty('nextCursor')
  expect((await viewer.get('/api/customers/wmAnna/orders?cursor=nonsense')).statusCode).toBe(400)
})

test('the coupons board says what can be sent, and why the rest cannot', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'coupons', [
    couponTemplate({ couponId: 'good' }),
    couponTemplate({ couponId: 'gone', stock: 0 }),
    couponTemplate({ couponId: 'later', validFrom: '2026-10-01T00:00:00+08:00' }),
    couponTemplate({ couponId: 'over', validTo: '2026-09-10T00:00:00+08:00' }),
    couponTemplate({ couponId: 'elsewhere', storeIds: ['lancome'] }),
  ])
  const viewer = await signIn(t, 'LinXiao')
  const board = (await viewer.get('/api/customers/wmAnna/coupons')).json()
  expect(board.held).toEqual([])
  expect(
    board.offers.map(({ couponId, remaining, unavailable, storeNames }: Record<string, unknown>) => [
      couponId,
      remaining,
      unavailable,
      storeNames,
    ]),
  ).toEqual([
    ['good', 50, undefined, []],
    ['elsewhere', 50, undefined, ['万象城兰蔻专柜']],
    ['gone', 0, 'coupon_out_of_stock', []],
    ['later', 50, 'coupon_not_valid', []],
  ])
})

test('products are found by name, id, brand and pinyin initials, page by page', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await put(t, 'products', [
    product({
      stock: [
        { storeId: 'pandora', quantity: 3 },
        { storeId: 'lancome', quantity: 2 },
      ],
    }),
    product({ productId: 'star_1', name: '星辰 50% 项链' }),
    product({ productId: 'old', name: '天鹅旧款', onSale: false }),
    ...Array.from({ length: 25 }, (_, index) =>
      product({ productId: `ring${index}`, name: `戒指 ${index}`, category: '戒指' }),
    ),
  ])
  const viewer = await signIn(t, 'LinXiao')
  const find = async (q: string) => (await viewer.get(`/api/products?q=${encodeURIComponent(q)}`)).json()
  const ids = async (q: string) => (await find(q)).products.map(({ productId }: { productId: string }) => productId)
  expect(await ids('天鹅')).toEqual(['swan'])
  expect(await ids('texl')).toEqual(['swan'])
  expect(await ids('TEXL 潘多拉')).toEqual(['swan'])
  expect(await ids('50%')).toEqual(['star_1'])
  expect(await ids('star_1')).toEqual(['star_1'])
  expect(await ids("'; drop table product; --")).toEqual([])
  expect((await find('swan')).products[0]).toEqual({
    productId: 'swan',
    name: '天鹅项链',
    price: 89_900,
    brand: '潘多拉',
    category: '项链',
    stock: { here: 3, elsewhere: 2 },
  })
  const first = await find('戒指')
  const second = (await viewer.get(`/api/products?q=${encodeURIComponent('戒指')}&cursor=${first.nextCursor}`)).json()
  expect(new Set([...first.products, ...second.products].map(({ productId }) => productId)).size).toBe(25)
  expect(second).not.toHaveProperty('nextCursor')
})

test('without a search, what sells in the store comes first, and suggestions give the customer as their reason', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  await put(t, 'products', [
    product(),
    product({ productId: 'star', name: '星辰项链', price: 95_000, stock: [{ storeId: 'pandora', quantity: 2 }] }),
    product({ productId: 'cream', name: '面霜', category: '护肤', brand: '兰蔻', price: 68_000 }),
    product({ productId: 'seller', name: '热卖耳钉', category: '耳钉', brand: '别家' }),
  ])
  const order = (orderId: string, productId: string, externalUserId: string, storeId = 'pandora') => ({
    orderId,
    channel: 'store',
    storeId,
    placedAt: '2026-09-02T10:00:00+08:00',
    lines: [{ productId, quantity: 1, amount: 89_900 }],
    customer: { externalUserId },
  })
  await put(t, 'orders', [
    order('o1', 'swan', 'wmAnna'),
    order('o2', 'seller', 'wmX'),
    order('o3', 'seller', 'wmY'),
    order('o4', 'cream', 'wmZ', 'lancome'),
  ])
  const viewer = await signIn(t, 'LinXiao')
  const page = (await viewer.get('/api/products?externalUserId=wmAnna')).json()
  expect(page.suggested.map(({ productId, reason }: Record<string, string>) => [productId, reason])).toEqual([
    ['star', '9 月买过项链,价位也合适'],
  ])
  expect(page.products.map(({ productId }: { productId: string }) => productId).slice(0, 2)).toEqual(['seller', 'swan'])
  expect((await viewer.get('/api/products')).json().suggested).toEqual([])
})
