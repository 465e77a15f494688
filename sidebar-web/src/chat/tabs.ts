export const tabs = [
  ['customer', '客户'],
  ['orders', '消费'],
  ['coupons', '优惠券'],
  ['products', '商品'],
] as const

export type TabName = (typeof tabs)[number][0]

/** In a group chat; the others are there only while a customer's card is open. */
export const groupTab = ['group', '群'] as const

/** `/sidebar/?tab=coupons`: a toolbar page of its own may open on its own tab. */
export function tabFromUrl(search: string): TabName {
  const asked = new URLSearchParams(search).get('tab')
  return tabs.find(([name]) => name === asked)?.[0] ?? 'customer'
}
