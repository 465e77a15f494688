import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** A till's own table: Chinese columns, its clock's times, decimal yuan. */
export const TILL_MAPPING = {
  columns: {
    单号: 'orderId',
    时间: 'placedAt',
    门店: 'storeId',
    会员: 'customer.memberNo',
    导购: 'salesGuideId',
    货号: 'lines.productId',
    品名: 'lines.name',
    数量: 'lines.quantity',
    单价: 'lines.unitPrice',
    金额: 'lines.amount',
  },
  constants: { channel: 'store' },
  money: 'decimal',
}

const STORES = 300
const GUIDES = 2000
const MEMBERS = 600_000
const PRODUCTS = 5000
const DAY_S = 86_400

/** A year of receipts of one to four lines, with the proportions of the reference year. Gives the sum in fen. */
export async function writeTillFile(path: string, lines: number): Promise<number> {
  const random = seeded(20260901)
  const upTo = (count: number) => Math.floor(random() * count)
  const file = createWriteStream(path)
  file.write(`${Object.keys(TILL_MAPPING.columns).join(',')}\n`)
  const begin = Date.UTC(2025, 8, 1) / 1000
  const orders = lines / 2.5
  let fen = 0
  let order = 0
  for (let line = 0; line < lines; order++) {
    const moment = new Date((begin + Math.floor((order / orders) * 365 * DAY_S) + 8 * 3600) * 1000)
    const time = moment.toISOString().slice(0, 19).replace('T', ' ')
    const store = upTo(STORES)
    // Three of four buyers show their card.
    const member = random() < 0.75 ? `M${String(upTo(MEMBERS)).padStart(7, '0')}` : ''
    const head = `S${store}-${String(order).padStart(8, '0')},${time},store-${store},${member},guide${upTo(GUIDES)}`
    let rows = ''
    for (const last = Math.min(line + 1 + upTo(4), lines); line < last; line++) {
      const product = upTo(PRODUCTS)
      const quantity = random() < 0.85 ? 1 : 2
      const price = 1900 + ((product * 37) % 900) * 100
      fen += quantity * price
      rows += `${head},P${product},轻奢${product % 97}号 天鹅项链,${quantity},${yuan(price)},${yuan(quantity * price)}\n`
    }
    if (!file.write(rows)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return fen
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
