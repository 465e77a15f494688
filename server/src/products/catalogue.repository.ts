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
    ) sold using (product_id)`,
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

/** The page is chosen first; what the other stores have is counted only for what is on it. */
async function listCatalogue(
  db: Db,
  storeId: string | undefined,
  query: { from: RawBuilder<unknown>; where: RawBuilder<unknown>; order: RawBuilder<unknown>; slice: Slice },
): Promise<CatalogueRow[]> {
  const store = storeId ?? null
  const { rows } = await sql<CatalogueRow>`
    select page.product_id, page.name, page.price, page.brand, page.category, page.image_url, page.here,
           (select coalesce(sum(quantity), 0) from product_stock
            where product_id = page.product_id and store_id is distinct from ${store}) as elsewhere
    from (
      select p.*, coalesce(here.quantity, 0) as here, row_number() over (order by ${query.order}) as place
      from product p
      left join product_stock here on here.product_id = p.product_id and here.store_id = ${store}
      ${query.from}
      where p.on_sale and ${query.where}
      order by place limit ${query.slice.limit} offset ${query.slice.offset}
    ) page order by page.place`.execute(db)
  return rows
}

export function listProductKinds(db: Db, productIds: string[]) {
  return db
    .selectFrom('product')
    .select(['productId', 'category', 'brand'])
    .where('productId', 'in', productIds)
    .execute()
}
