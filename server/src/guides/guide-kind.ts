import { GuideRecord } from '@zhanggui/shared/records.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import type { Keyed, RecordKind, Written } from '../open-api/record-kind.ts'
import { listKnownStoreIds } from '../stores/stores.repository.ts'
import { findRenamed, type GuidePlace, upsertGuides } from './guides.repository.ts'

const storeUnknown = { code: 'store_unknown', detail: '/storeId names no known store: send the store first' }

export function guideKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof GuideRecord, Keyed<GuidePlace>> {
  return {
    name: 'guides',
    schema: GuideRecord,
    idField: 'userId',
    prepare: ({ role = 'guide', ...record }) => ({
      key: record.userId.toLowerCase(),
      ...record,
      role,
    }),
    write: (db, guides) => writeGuides(db, guides, clock.now()),
    constraints: { guide_assigned_store_id_fkey: storeUnknown },
  }
}

async function writeGuides(db: Db, guides: readonly Keyed<GuidePlace>[], now: Date): Promise<Written> {
  const stores = await listKnownStoreIds(
    db,
    guides.map(({ storeId }) => storeId),
  )
  const renamed = await findRenamed(
    db,
    guides.map(({ userId }) => userId),
  )
  const presentId = ({ key, userId }: Keyed<GuidePlace>) => renamed.get(key) ?? userId
  const known = guides.filter(({ storeId }) => stores.has(storeId))
  // Somebody may be named by the present and by a former userid in one batch: the later record wins.
  const places = new Map(known.map((guide) => [presentId(guide).toLowerCase(), { ...guide, userId: presentId(guide) }]))
  const changed = await upsertGuides(db, [...places.values()], now)
  const strays = guides.filter(({ storeId }) => !stores.has(storeId))
  return {
    changed: known.filter((guide) => changed.has(presentId(guide).toLowerCase())).map(({ key }) => key),
    rejected: new Map(strays.map(({ key }) => [key, storeUnknown])),
  }
}
