import type { Db } from '../db/connection.ts'
import { listPurchases } from '../orders/purchases.repository.ts'
import { type CatalogueRow, listCandidates, listProductKinds } from './catalogue.repository.ts'
import { type Bought, suggestProducts } from './suggest.ts'

/** How far back a taste is read, in orders. */
const ORDERS = 50
const CANDIDATES = 60

export async function findSuggestions(
  db: Db,
  externalUserId: string,
  storeId: string | undefined,
): Promise<{ product: CatalogueRow; reason: string }[]> {
  const { purchases } = await listPurchases(db, externalUserId, { limit: ORDERS })
  const lines = purchases
    .filter(({ isRefund }) => !isRefund)
    .flatMap(({ placedAt, lines }) => lines.map((line) => ({ ...line, at: new Date(placedAt) })))
  if (lines.length === 0) return []
  const ids = [...new Set(lines.map(({ productId }) => productId))]
  const kinds = new Map((await listProductKinds(db, ids)).map((row) => [row.productId, row]))
  const bought: Bought[] = lines.map(({ productId, quantity, amount, at }) => ({
    productId,
    quantity,
    amount,
    at,
    category: kinds.get(productId)?.category ?? null,
    brand: kinds.get(productId)?.brand ?? null,
  }))
  const candidates = await listCandidates(
    db,
    storeId,
    { categories: distinct(bought, 'category'), brands: distinct(bought, 'brand'), bought: ids },
    CANDIDATES,
  )
  return suggestProducts(bought, candidates)
}

function distinct(bought: readonly Bought[], field: 'category' | 'brand'): string[] {
  return [...new Set(bought.flatMap((line) => line[field] ?? []))]
}
