import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ProductPage, type ProductView } from '@zhanggui/shared/product.ts'
import Type from 'typebox'
import { ExternalUserId } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { type CatalogueRow, listBestsellers, searchProducts } from './catalogue.repository.ts'
import { findSuggestions } from './suggestions.ts'

const PAGE = 20
const BESTSELLER_MS = 90 * 24 * 60 * 60 * 1000

const Query = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })),
  externalUserId: Type.Optional(ExternalUserId),
  cursor: Type.Optional(Type.String({ maxLength: 20 })),
})

/** The sidebar's 商品. */
export const productRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.get('/api/products', { schema: { querystring: Query, response: { 200: ProductPage } } }, async (request) => {
    const viewer = viewerOf(request)
    const { externalUserId, cursor } = request.query
    const q = request.query.q?.trim()
    if (externalUserId !== undefined) await requireVisibleCustomer(db, viewer, externalUserId)
    const offset = readOffset(cursor)
    const slice = { limit: PAGE + 1, offset }
    const since = new Date(clock.now().getTime() - BESTSELLER_MS)
    const [found, suggested] = await Promise.all([
      q ? searchProducts(db, viewer.storeId, q, slice) : listBestsellers(db, viewer.storeId, since, slice),
      q || offset > 0 || externalUserId === undefined ? [] : findSuggestions(db, externalUserId, viewer.storeId),
    ])
    return {
      suggested: suggested.map(({ product, reason }) => ({ ...toView(product), reason })),
      products: found.slice(0, PAGE).map(toView),
      ...(found.length > PAGE && { nextCursor: String(offset + PAGE) }),
    }
  })
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,6}$/.test(cursor)) throw new AppError('bad_request', { detail: 'cursor is not one that this list gave' })
  return Number(cursor)
}

function toView({ here, elsewhere, brand, category, imageUrl, ...product }: CatalogueRow): ProductView {
  return {
    ...product,
    ...(brand && { brand }),
    ...(category && { category }),
    ...(imageUrl && { imageUrl }),
    stock: { here, elsewhere },
  }
}
