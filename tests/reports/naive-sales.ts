// What reports should say, added up in memory in the plainest way.

export interface Sold {
  source: 'order' | 'refund'
  at: Date
  buyer: string | null
  channel: string
  storeId: string
  guideId: string
  lines: { productId: string; brand: string; quantity: number; amount: number }[]
}

export type NaiveKey = 'day' | 'channel' | 'store' | 'guide' | 'product' | 'brand'

export function naiveSales(all: readonly Sold[], by: NaiveKey | 'all', from: Date, to: Date, hours = 8) {
  const day = (at: Date) => new Date(at.getTime() + hours * 3_600_000).toISOString().slice(0, 10)
  const keysOf = (one: Sold): string[] =>
    ({
      all: () => ['all'],
      day: () => [day(one.at)],
      channel: () => [one.channel],
      store: () => [one.storeId],
      guide: () => [one.guideId],
      product: () => [...new Set(one.lines.map(({ productId }) => productId))],
      brand: () => [...new Set(one.lines.map(({ brand }) => brand))],
    })[by]()
  const within = all.filter(({ at }) => at >= from && at < to)
  const keys = [...new Set(within.flatMap(keysOf))]
  return new Map(
    keys.map((key) => {
      const here = within.filter((one) => keysOf(one).includes(key))
      const lines = (source: Sold['source']) =>
        here
          .filter((one) => one.source === source)
          .flatMap((one) => one.lines)
          .filter((line) => (by === 'product' ? line.productId === key : by === 'brand' ? line.brand === key : true))
      const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
      const orders = here.filter(({ source }) => source === 'order')
      const times = new Map<string, number>()
      for (const { buyer } of orders) if (buyer !== null) times.set(buyer, (times.get(buyer) ?? 0) + 1)
      return [
        key,
        {
          orders: orders.length,
          buyers: times.size,
          repeatBuyers: [...times.values()].filter((orders) => orders > 1).length,
          units: sum(lines('order').map(({ quantity }) => quantity)),
          amount: sum(lines('order').map(({ amount }) => amount)),
          refunds: here.length - orders.length,
          refundAmount: sum(lines('refund').map(({ amount }) => amount)),
        },
      ]
    }),
  )
}
