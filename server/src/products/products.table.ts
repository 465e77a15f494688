import type { ColumnType } from 'kysely'

export interface ProductTable {
  productId: string
  name: string
  price: number
  brand: string | null
  category: string | null
  imageUrl: string | null
  url: string | null
  miniProgram: ColumnType<{ appId: string; page: string } | null, string | null | undefined, string | null>
  onSale: boolean
  searchText: string
  updatedAt: Date
}

export interface ProductStockTable {
  productId: string
  storeId: string
  quantity: number
}
