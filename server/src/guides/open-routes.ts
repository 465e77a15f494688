import { GuideRecord } from '@zhanggui/shared/records.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import type { Keyed } from '../open-api/record-kind.ts'
import { listKnownStoreIds } from '../stores/stores.repository.ts'
import { type GuidePlace, upsertGuides } from './guides.repository.ts'

const storeUnknown = { code: 'store_unknown', detail: '/storeId names no known store: send the store first' }

export const guideOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  putRecords(app, deps, {
    name: 'guides',
    schema: GuideRecord,
    idField: 'userId',
    prepare: ({ role = 'guide', ...record }): Keyed<GuidePlace> => ({
      key: record.userId.toLowerCase(),
      ...record,
      role,
    }),
    async write(db, guides) {
      const stores = await listKnownStoreIds(
        db,
        guides.map(({ storeId }) => storeId),
      )
      const changed = await upsertGuides(
        db,
        guides.filter(({ storeId }) => stores.has(storeId)),
        deps.clock.now(),
      )
      const strays = guides.filter(({ storeId }) => !stores.has(storeId))
      return { changed, rejected: new Map(strays.map(({ key }) => [key, storeUnknown])) }
    },
    constraints: { guide_store_id_fkey: storeUnknown },
  })
}
