import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export function findProduct(db: Db, productId: string) {
  return db.selectFrom('product').selectAll().where('productId', '=', productId).executeTakeFirst()
}

export interface CatalogueRow {
  productId: string
  name: string
  price: number
  brand: string | null
  category: string | null
  imageUrl: string | null
  here: number
  elsewhere: number
}

interface Slice {
  limit: number
  offset: number
}

/** What sold most in a store since `since`, then what it has in stock. Without a store: in all of them. */
export function listBestsellers(db: Db, storeId: string | undefined, since: Date, slice: Slice) {
  return listCatalogue(db, storeId, {
    from: sql`left join (
      select line.product_id, sum(line.quantity) as units
      from sales_order o join sales_order_line line using (order_id)
      where o.placed_at >= ${since} and ${storeId === undefined ? sql`true` : sql`o.store_id = ${storeId}`}
      group by line.product_id
    ) sold on sold.product_id = p.product_id`,
    where: sql`true`,
    order: sql`sold.units desc nulls last, (here.quantity > 0) desc nulls last, p.name, p.product_id`,
    slice,
  })
}

/** Every word must occur in the name, id, brand, category or pinyin initials. The id itself comes first. */
export function searchProducts(db: Db, storeId: string | undefined, query: string, slice: Slice) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = words.map((word) => sql`p.search_text like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return listCatalogue(db, storeId, {
    from: sql``,
    where: sql.join(hits, sql` and `),
    order: sql`(lower(p.product_id) = ${query.toLowerCase()}) desc, (here.quantity > 0) desc nulls last, p.name, p.product_id`,
    slice,
  })
}

/** Of these kinds or brands, what is in the store first, and nothing the customer already has. */
export function listCandidates(
  db: Db,
  storeId: string | undefined,
  { categories, brands, bought }: { categories: string[]; brands: string[]; bought: string[] },
  limit: number,
) {
  return listCatalogue(db, storeId, {
    from: sql``,
    where: sql`(p.category = any(${categories}::text[]) or p.brand = any(${brands}::text[]))
      and p.product_id <> all(${bought}::text[])`,
    order: sql`(p.category = any(${categories}::text[])) desc, (here.quantity > 0) desc nulls last, p.product_id`,
    slice: { limit, offset: 0 },
  })
}

/** What the other stores have is counted last, only for the rows of the page. */
async function listCatalogue(
  db: Db,
  storeId: string | undefined,
  query: { from: RawBuilder<unknown>; where: RawBuilder<unknown>; order: RawBuilder<unknown>; slice: Slice },
): Promise<CatalogueRow[]> {
  const store = storeId ?? null
  const { rows } = await sql<CatalogueRow>`
    select p.product_id, p.name, p.price, p.brand, p.category, p.image_url, coalesce(here.quantity, 0) as here,
           (select coalesce(sum(quantity), 0) from product_stock other
            where other.product_id = p.product_id and other.store_id is distinct from ${store}) as elsewhere
    from product p
    left join product_stock here on here.product_id = p.product_id and here.store_id = ${store}
    ${query.from}
    where p.on_sale and ${query.where}
    order by ${query.order} limit ${query.slice.limit} offset ${query.slice.offset}`.execute(db)
  return rows
}

export function listProductKinds(db: Db, productIds: string[]) {
  return db
    .selectFrom('product')
    .select(['productId', 'category', 'brand'])
    .where('productId', 'in', productIds)
    .execute()
}
