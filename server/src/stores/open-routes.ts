import { StoreRecord } from '@zhanggui/shared/records.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import type { Keyed } from '../open-api/record-kind.ts'
import { type StoreRow, upsertStores } from './stores.repository.ts'

/** A field left out is cleared: a store is what its last record says. */
export const storeOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  putRecords(app, deps, {
    name: 'stores',
    schema: StoreRecord,
    idField: 'storeId',
    prepare: (record): Keyed<StoreRow> => ({
      key: record.storeId,
      storeId: record.storeId,
      name: record.name,
      kind: record.kind ?? 'store',
      ownership: record.ownership ?? 'self_operated',
      brand: record.brand ?? null,
      address: record.address ?? null,
      latitude: record.latitude ?? null,
      longitude: record.longitude ?? null,
    }),
    write: async (db, stores) => ({ changed: await upsertStores(db, stores, deps.clock.now()) }),
  })
}
