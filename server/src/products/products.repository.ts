import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface ProductRow {
  productId: string
  name: string
  price: number
  brand: string | null
  category: string | null
  imageUrl: string | null
  url: string | null
  miniProgram: { appId: string; page: string } | null
  onSale: boolean
  searchText: string
}

/** Gives the ids of the products that are new or now different. */
export async function upsertProducts(db: Db, products: readonly ProductRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ productId: string }>`
    insert into product as p (
      product_id, name, price, brand, category, image_url, url, mini_program, on_sale, search_text, updated_at
    )
    select "productId", name, price, brand, category, "imageUrl", url, "miniProgram", "onSale", "searchText", ${now}
    from json_to_recordset(${JSON.stringify(products)}::json) as given (
      "productId" text, name text, price bigint, brand text, category text, "imageUrl" text, url text,
      "miniProgram" jsonb, "onSale" boolean, "searchText" text
    )
    order by "productId"
    on conflict (product_id) do update set
      name = excluded.name, price = excluded.price, brand = excluded.brand, category = excluded.category,
      image_url = excluded.image_url, url = excluded.url, mini_program = excluded.mini_program,
      on_sale = excluded.on_sale, search_text = excluded.search_text, updated_at = excluded.updated_at
    where (p.name, p.price, p.brand, p.category, p.image_url, p.url, p.mini_program, p.on_sale, p.search_text)
      is distinct from
      (excluded.name, excluded.price, excluded.brand, excluded.category, excluded.image_url, excluded.url,
       excluded.mini_program, excluded.on_sale, excluded.search_text)
    returning product_id`.execute(db)
  return rows.map(({ productId }) => productId)
}

export interface StockedProduct {
  productId: string
  stock: readonly { storeId: string; quantity: number }[]
}

/**
 * Makes the given stock all there is of these products, and gives the ids of those for which that changed something.
 * The caller holds the products' row locks, so that two replacements never mix.
 */
export async function replaceStock(db: Db, products: readonly StockedProduct[]): Promise<string[]> {
  const places = products.flatMap(({ productId, stock }) => stock.map((place) => ({ productId, ...place })))
  const { rows } = await sql<{ productId: string }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(places)}::json)
        as place ("productId" text, "storeId" text, quantity integer)
    ), gone as (
      delete from product_stock s
      where s.product_id = any(${products.map(({ productId }) => productId)}::text[])
        and not exists (select from given where "productId" = s.product_id and "storeId" = s.store_id)
      returning s.product_id
    ), counted as (
      insert into product_stock as s (product_id, store_id, quantity)
      select "productId", "storeId", quantity from given
      on conflict (product_id, store_id) do update set quantity = excluded.quantity
      where s.quantity <> excluded.quantity
      returning s.product_id
    )
    select product_id from gone union select product_id from counted`.execute(db)
  return rows.map(({ productId }) => productId)
}
