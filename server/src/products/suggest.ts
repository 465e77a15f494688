import { shanghaiDay } from '../wording/days.ts'

/** One thing the customer has bought. */
export interface Bought {
  productId: string
  category: string | null
  brand: string | null
  quantity: number
  /** Fen, for the whole line. */
  amount: number
  at: Date
}

export interface Candidate {
  productId: string
  category: string | null
  brand: string | null
  price: number
  here: number
  elsewhere: number
}

const MOST = 4
const MOST_OF_A_KIND = 2

interface Taste {
  units: number
  /** Milliseconds since 1970. */
  last: number
}

/** What this customer may like, each with the fact about them that says so. Nothing bought: nothing suggested. */
export function suggestProducts<T extends Candidate>(
  bought: readonly Bought[],
  candidates: readonly T[],
): { product: T; reason: string }[] {
  const kinds = tastes(bought, ({ category }) => category)
  const brands = tastes(bought, ({ brand }) => brand)
  const prices = bought.map(({ amount, quantity }) => amount / quantity).sort((a, b) => a - b)
  const taken = new Map<string, number>()

  return candidates
    .flatMap((product) => {
      const kind = kinds.get(product.category ?? '')
      const brand = brands.get(product.brand ?? '')
      const reason = kind ? tasteWords(product.category ?? '', kind) : brand && tasteWords(product.brand ?? '', brand)
      if (!reason) return []
      const fits = isUsualPrice(product.price, prices)
      const score =
        3 * Math.min(kind?.units ?? 0, 5) +
        Math.min(brand?.units ?? 0, 5) +
        (fits ? 4 : 0) +
        (product.here > 0 ? 6 : product.elsewhere > 0 ? 2 : 0)
      return [{ product, reason: fits ? `${reason},价位也合适` : reason, score }]
    })
    .sort((a, b) => b.score - a.score || a.product.productId.localeCompare(b.product.productId))
    .filter(({ product }) => {
      const kind = product.category ?? product.brand ?? ''
      const soFar = taken.get(kind) ?? 0
      taken.set(kind, soFar + 1)
      return soFar < MOST_OF_A_KIND
    })
    .slice(0, MOST)
    .map(({ product, reason }) => ({ product, reason }))
}

function tastes(bought: readonly Bought[], of: (line: Bought) => string | null): Map<string, Taste> {
  const found = new Map<string, Taste>()
  for (const line of bought) {
    const name = of(line)
    if (!name) continue
    const { units = 0, last = 0 } = found.get(name) ?? {}
    found.set(name, { units: units + line.quantity, last: Math.max(last, line.at.getTime()) })
  }
  return found
}

function tasteWords(name: string, { units, last }: Taste): string {
  return units > 1 ? `常买${name}` : `${Number(shanghaiDay(new Date(last)).slice(5, 7))} 月买过${name}`
}

/** Between a little under the cheaper half and a little over the dearer half of what they paid apiece. */
function isUsualPrice(price: number, sorted: readonly number[]): boolean {
  const low = sorted[Math.floor(sorted.length / 4)]
  const high = sorted[Math.ceil((sorted.length * 3) / 4) - 1]
  return low !== undefined && high !== undefined && price >= low * 0.8 && price <= high * 1.2
}
