import { StoreRecord } from '@zhanggui/shared/records.ts'
import type { Deps } from '../deps.ts'
import { lockDirectory, placeGuides } from '../guides/place-guides.repository.ts'
import type { Keyed, RecordKind } from '../open-api/record-kind.ts'
import { type StoreRow, upsertStores } from './stores.repository.ts'

const departmentTaken = { code: 'department_taken', detail: '/departmentId is already another store' }

/** A field left out is cleared: a store is what its last record says. */
export function storeKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof StoreRecord, Keyed<StoreRow>> {
  return {
    name: 'stores',
    schema: StoreRecord,
    idField: 'storeId',
    prepare: (record) => ({
      key: record.storeId,
      storeId: record.storeId,
      name: record.name,
      kind: record.kind ?? 'store',
      ownership: record.ownership ?? 'self_operated',
      brand: record.brand ?? null,
      address: record.address ?? null,
      latitude: record.latitude ?? null,
      longitude: record.longitude ?? null,
      departmentId: record.departmentId ?? null,
    }),
    async write(db, stores) {
      await lockDirectory(db)
      const changed = await upsertStores(db, stores, clock.now())
      if (changed.length > 0) await placeGuides(db, clock.now())
      return { changed }
    },
    constraints: { store_department_id_key: departmentTaken },
  }
}
