import type { CouponBoard } from '@zhanggui/shared/coupon.ts'
import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import type { PurchasePage } from '@zhanggui/shared/order.ts'
import type { ProductPage, ProductView } from '@zhanggui/shared/product.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export const ANNA = 'wmANNA0000000000000001'
export const NEWCOMER = 'wmNEWCOMER00000000002'

export function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString()
}

export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString()
}

/** A gold member of two years. */
export function annaCard(changes: Partial<CustomerCard> = {}): CustomerCard {
  return {
    externalUserId: ANNA,
    name: '安娜王',
    type: 'wechat',
    gender: 'female',
    relation: {
      userId: 'linxiao',
      guideName: '林晓',
      isMine: true,
      remark: '王姐,国金公寓',
      addWay: '扫码添加',
      channel: '万象城专柜台卡',
      startedAt: ago(214 * DAY),
    },
    owner: { userId: 'linxiao', name: '林晓', isMe: true, since: ago(214 * DAY) },
    member: {
      memberNo: 'M2024 0418 0071',
      tier: '金卡',
      points: 1280,
      joinedAt: ago(213 * DAY),
      phone: '138****5678',
      birthday: '1990-05-20',
      source: 'crm',
      updatedAt: ago(10 * MINUTE),
    },
    welcome: { outcome: 'sent', at: ago(214 * DAY), latencyMs: 412 },
    tags: [
      { name: '喜欢银色', group: '喜好', source: 'wecom' },
      { name: '常送礼', group: '喜好', source: 'guide', userId: 'linxiao' },
      { name: '上海', group: '地区', source: 'wecom' },
      { name: '重要挽留', source: 'rule', reason: '63 天没有购买,平时约 40 天一次' },
      { name: '偏爱项链', source: 'rule', reason: '13 单里 8 单有项链' },
    ],
    totals: {
      orders: 13,
      units: 23,
      amount: 1_846_000,
      refunded: 69_900,
      averageOrderValue: 142_000,
      lastOrderAt: ago(63 * DAY),
    },
    coupons: { usable: 2, nextExpiry: inDays(1) },
    timeline: [
      { kind: 'visit', title: '打开了 天鹅项链', detail: '你昨天分享的商品,看了 2 次', at: ago(2 * 60 * MINUTE) },
      { kind: 'share', title: '发了 天鹅项链', detail: '商品 · 已放进聊天框', at: ago(26 * 60 * MINUTE) },
      { kind: 'order', title: '买了 天鹅项链 等 2 件', detail: '万象城专柜 · ¥2,098', at: ago(63 * DAY) },
      { kind: 'enrolled', title: '入会了', detail: '金卡 · 扫码当天', at: ago(213 * DAY) },
      { kind: 'welcome', title: '欢迎语已送达', detail: '0.4 秒', at: ago(214 * DAY) },
      { kind: 'followed', title: '加了好友', detail: '扫码添加 · 万象城专柜台卡', at: ago(214 * DAY) },
    ],
    mirroredAt: ago(MINUTE),
    ...changes,
  }
}

/** Added this minute: invited, nothing bought, no tags. */
export function newcomerCard(changes: Partial<CustomerCard> = {}): CustomerCard {
  return {
    externalUserId: NEWCOMER,
    name: '陈屿',
    type: 'wechat',
    relation: { userId: 'linxiao', guideName: '林晓', isMine: true, addWay: '扫码添加', startedAt: ago(MINUTE) },
    owner: { userId: 'linxiao', name: '林晓', isMe: true },
    invitation: { state: 'invited', invitedAt: ago(MINUTE) },
    welcome: { outcome: 'sent', at: ago(MINUTE), latencyMs: 388 },
    tags: [],
    totals: { orders: 0, units: 0, amount: 0, refunded: 0, averageOrderValue: 0 },
    coupons: { usable: 0 },
    timeline: [
      { kind: 'invitation', title: '发了入会邀请', at: ago(MINUTE) },
      { kind: 'followed', title: '加了好友', detail: '扫码添加', at: ago(MINUTE) },
    ],
    ...changes,
  }
}

export function purchases(): PurchasePage {
  return {
    purchases: [
      {
        orderId: 'o1',
        channel: 'store',
        placedAt: ago(63 * DAY),
        storeName: '万象城专柜',
        paidAmount: 209_800,
        lines: [
          { productId: 'p1', name: '天鹅项链', quantity: 1, amount: 129_900, imageUrl: '/picture/p1.svg' },
          { productId: 'p2', name: '天鹅耳钉', quantity: 1, amount: 79_900 },
        ],
        salesGuideName: '林晓',
        serviceGuideName: '林晓',
      },
      {
        orderId: 'o2',
        channel: 'mall',
        placedAt: ago(81 * DAY),
        paidAmount: 69_900,
        lines: [{ productId: 'p3', name: '雪花耳钉', quantity: 1, amount: 69_900, imageUrl: '/picture/p3.svg' }],
        salesGuideName: '林晓',
      },
      {
        orderId: 'o3',
        channel: 'group',
        placedAt: ago(117 * DAY),
        paidAmount: 32_050,
        lines: [{ productId: 'p4', name: '唇釉 05', quantity: 1, amount: 32_050, imageUrl: '/picture/p4.svg' }],
        salesGuideName: '林晓',
        serviceGuideName: '周敏(欧家)',
      },
    ],
    nextCursor: 'older',
    habits: {
      unitsPerOrder: 1.8,
      intervalDays: 40,
      usualSpend: { from: 80_000, to: 160_000 },
      favouriteCategory: { name: '项链', percent: 62 },
    },
  }
}

export function olderPurchases(): PurchasePage {
  return {
    purchases: [
      {
        orderId: 'o9',
        channel: 'store',
        placedAt: ago(400 * DAY),
        storeName: '万象城专柜',
        paidAmount: 156_000,
        lines: [{ productId: 'p9', name: '礼盒 相守', quantity: 1, amount: 156_000 }],
      },
    ],
  }
}

export function couponBoard(): CouponBoard {
  return {
    offers: [
      {
        couponId: 'birthday',
        title: '生日月礼券',
        kind: 'amount',
        value: 10_000,
        minimumSpend: 99_900,
        validFrom: ago(30 * DAY),
        validTo: inDays(30),
        remaining: 86,
        perCustomer: 1,
        redeemAt: 'both',
        storeNames: [],
      },
      {
        couponId: 'gift',
        title: '到店礼 丝绒首饰袋',
        kind: 'gift',
        value: 9900,
        minimumSpend: 0,
        validFrom: ago(3 * DAY),
        validTo: inDays(12),
        remaining: 0,
        perCustomer: 1,
        redeemAt: 'store',
        storeNames: ['万象城专柜', '国金专柜', '静安店'],
        unavailable: 'coupon_out_of_stock',
      },
      {
        couponId: 'taste',
        title: '新品尝鲜',
        kind: 'percent',
        value: 15,
        minimumSpend: 0,
        validFrom: ago(3 * DAY),
        validTo: inDays(39),
        remaining: 412,
        perCustomer: 2,
        redeemAt: 'store',
        storeNames: ['万象城专柜'],
      },
    ],
    held: [
      {
        couponId: 'c20',
        title: '满 199 减 20',
        kind: 'amount',
        value: 2000,
        minimumSpend: 19_900,
        state: 'opened',
        issuedAt: ago(19 * DAY),
        issuedByName: '林晓',
        validTo: inDays(1),
      },
      {
        couponId: 'monthly',
        title: '金卡月度券',
        kind: 'amount',
        value: 3000,
        minimumSpend: 0,
        state: 'issued',
        issuedAt: ago(21 * DAY),
        validTo: inDays(8),
      },
    ],
  }
}

const products: ProductView[] = [
  { productId: 'h1', name: '雪花耳钉', price: 69_900, brand: '天鹅工坊', stock: { here: 12, elsewhere: 40 } },
  { productId: 'h2', name: '唇釉 05', price: 32_000, brand: '欧家', stock: { here: 8, elsewhere: 3 } },
  {
    productId: 'h3',
    name: '羊绒围巾 驼色 加长款 礼盒装',
    price: 128_050,
    brand: '暮山',
    stock: { here: 0, elsewhere: 0 },
  },
].map((product) => ({ ...product, imageUrl: `/picture/${product.productId}.svg` }))

export function productPage(query: string): ProductPage {
  if (query) return { suggested: [], products: products.filter(({ name }) => name.includes(query)) }
  return {
    suggested: [
      {
        productId: 's1',
        name: '天鹅手链',
        price: 89_900,
        imageUrl: '/picture/s1.svg',
        stock: { here: 3, elsewhere: 9 },
        reason: '配她 9 月买的项链',
      },
      {
        productId: 's2',
        name: '星辰项链',
        price: 129_900,
        imageUrl: '/picture/s2.svg',
        stock: { here: 0, elsewhere: 2 },
        reason: '偏爱项链,常买价位',
      },
    ],
    products,
  }
}
