import { ProductRecord } from '@zhanggui/shared/records.ts'
import type { Deps } from '../deps.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import { type ProductRow, replaceStock, type StockedProduct, upsertProducts } from './products.repository.ts'
import { searchText } from './search-text.ts'

type ProductIntake = Keyed<ProductRow> & { stock: StockedProduct['stock'] | undefined }

/** A field left out is cleared, except `stock`: without it the stock stays as it was, because tills count it apart. */
export function productKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof ProductRecord, ProductIntake> {
  return {
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
      const changed = await upsertProducts(db, products, clock.now())
      const stocked = products.filter((product): product is typeof product & StockedProduct => !!product.stock)
      const restocked = stocked.length > 0 ? await replaceStock(db, stocked) : []
      return { changed: [...changed, ...restocked] }
    },
  }
}
