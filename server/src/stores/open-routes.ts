import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { storeKind } from './store-kind.ts'

export const storeOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  putRecords(app, deps, storeKind(deps))
}
