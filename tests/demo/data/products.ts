import type { ProductRecord } from '@zhanggui/shared/records.ts'
import type { Category } from '../pictures/categories.ts'
import { catalogue } from './catalogue.ts'
import { counters } from './counters.ts'
import { type Random, randomStream } from './random.ts'

export interface Product {
  productId: string
  name: string
  brand: string
  category: Category
  /** fen */
  price: number
  storeId: string
  /** `#rrggbb` of the thing, and of the brand's ground behind it. */
  colour: string
  ground: string
  /** How well it sells, relative to the others of its counter. */
  popularity: number
}

export const products: readonly Product[] = counters.flatMap((counter) =>
  (catalogue[counter.storeId] ?? []).map(([name, category, yuan, colour], place) => ({
    productId: `${counter.prefix}-${1001 + place}`,
    name,
    brand: counter.brand,
    category,
    price: yuan * 100,
    storeId: counter.storeId,
    colour,
    ground: counter.colour,
    popularity: 1 / (place + 2),
  })),
)

export function productsOf(storeId: string): Product[] {
  return products.filter((product) => product.storeId === storeId)
}

export function findProduct(productId: string): Product | undefined {
  return products.find((product) => product.productId === productId)
}

/** `mallUrl`: origin of the mall's pages, where pictures and product pages are. */
export function productRecords(mallUrl: string): ProductRecord[] {
  const random = randomStream('stock')
  return products.map((product) => ({
    productId: product.productId,
    name: product.name,
    price: product.price,
    brand: product.brand,
    category: product.category,
    imageUrl: `${mallUrl}/pictures/${product.productId}.svg`,
    url: `${mallUrl}/p/${product.productId}`,
    onSale: true,
    stock: stockOf(product, random),
  }))
}

/** Most stock is at home; a few things also stand at a neighbour's counter, and some are sold out at home. */
function stockOf(product: Product, random: Random) {
  const most = product.price > 300_000 ? 3 : product.price > 100_000 ? 9 : 24
  const home = { storeId: product.storeId, quantity: random.chance(0.08) ? 0 : random.int(1, most) }
  const neighbours = counters.filter((counter) => counter.storeId !== product.storeId)
  const elsewhere = random.chance(0.35) || home.quantity === 0 ? [random.pick(neighbours)] : []
  return [home, ...elsewhere.map(({ storeId }) => ({ storeId, quantity: random.int(1, 4) }))]
}
