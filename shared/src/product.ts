import Type, { type Static } from 'typebox'

export const ProductView = Type.Object({
  productId: Type.String(),
  name: Type.String(),
  price: Type.Integer(),
  brand: Type.Optional(Type.String()),
  category: Type.Optional(Type.String()),
  imageUrl: Type.Optional(Type.String()),
  stock: Type.Object({ here: Type.Integer(), elsewhere: Type.Integer() }),
  /** Why it is suggested, in this customer's facts: 常买 项链. Absent in search results. */
  reason: Type.Optional(Type.String()),
})
export type ProductView = Static<typeof ProductView>

/**
 * `GET /api/products?q=&externalUserId=&cursor=`. Without `q`: `suggested` for the customer (at most 4, each with its
 * reason) and `products` = what sells in the guide's store; with `q` (name, id, brand, pinyin initials) only `products`.
 */
export const ProductPage = Type.Object({
  suggested: Type.Array(ProductView),
  products: Type.Array(ProductView),
  nextCursor: Type.Optional(Type.String()),
})
export type ProductPage = Static<typeof ProductPage>
