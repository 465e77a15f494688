import { ProductRecord } from '@zhanggui/shared/records.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import { replaceStock, type StockedProduct, upsertProducts } from './products.repository.ts'
import { searchText } from './search-text.ts'

/** A field left out is cleared, except `stock`: without it the stock stays as it was, because tills count it apart. */
export const productOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  putRecords(app, deps, {
    name: 'products',
    schema: ProductRecord,
    idField: 'productId',
    prepare({ stock, onSale = true, brand, category, imageUrl, url, miniProgram, ...record }) {
      if (stock && new Set(stock.map(({ storeId }) => storeId)).size < stock.length)
        throw new RecordFault('invalid_field', '/stock names a store twice')
      return {
        key: record.productId,
        ...record,
        brand: brand ?? null,
        category: category ?? null,
        imageUrl: imageUrl ?? null,
        url: url ?? null,
        miniProgram: miniProgram ?? null,
        onSale,
        searchText: searchText({ ...record, brand, category }),
        stock,
      }
    },
    async write(db, products) {
      const changed = await upsertProducts(db, products, deps.clock.now())
      const stocked = products.filter((product): product is typeof product & StockedProduct => !!product.stock)
      const restocked = stocked.length > 0 ? await replaceStock(db, stocked) : []
      return { changed: [...changed, ...restocked] }
    },
  })
}
