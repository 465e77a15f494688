import type { SalesReport } from '@zhanggui/shared/report.ts'
import { openRetail } from '../commission/retail-story.ts'

/** Two stores, four products of two brands, and somebody who sends sales. */
export async function openSales(options: Parameters<typeof openRetail>[0] = {}) {
  const retail = await openRetail(options)
  const open = async () => {
    await retail.send('stores', [
      { storeId: 'north', name: '城北店' },
      { storeId: 'south', name: '城南专柜', kind: 'counter', brand: '兰蔻' },
    ])
    await retail.send('guides', [
      { userId: 'LinXiao', storeId: 'north' },
      { userId: 'ChenChen', storeId: 'south' },
      { userId: 'ZhouMin', storeId: 'north', role: 'manager' },
    ])
    await retail.send('products', [
      { productId: 'ring', name: '戒指', price: 10_000, brand: '潘多拉' },
      { productId: 'chain', name: '项链', price: 20_000, brand: '潘多拉' },
      { productId: 'cream', name: '面霜', price: 50_000, brand: '兰蔻' },
      { productId: 'soap', name: '香皂', price: 1_000 },
    ])
  }
  await open()
  return {
    ...retail,
    open,
    async sales(by: string, from = '2026-09-01', to = '2026-10-01', rest = '') {
      const { status, body } = await retail.get<SalesReport>(`reports/sales?from=${from}&to=${to}&by=${by}${rest}`)
      if (status !== 200) throw new Error(JSON.stringify(body))
      return body
    },
  }
}
export type Sales = Awaited<ReturnType<typeof openSales>>

export const sale = (orderId: string, day: string, buyer: string, products: Record<string, number>, over = {}) => ({
  orderId,
  channel: 'store',
  storeId: 'north',
  placedAt: `2026-${day}${day.includes('T') ? '' : 'T12:00:00'}+08:00`,
  lines: Object.entries(products).map(([productId, amount]) => ({ productId, quantity: 1, amount })),
  ...(buyer && { customer: { externalUserId: `wm${buyer}` } }),
  ...over,
})
