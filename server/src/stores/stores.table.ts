export interface StoreTable {
  storeId: string
  name: string
  kind: 'store' | 'counter'
  ownership: 'self_operated' | 'joint_venture' | 'franchise'
  brand: string | null
  address: string | null
  latitude: number | null
  longitude: number | null
  /** The department that is this store; everybody at or below it belongs here unless assigned elsewhere. */
  departmentId: string | null
  updatedAt: Date
}
