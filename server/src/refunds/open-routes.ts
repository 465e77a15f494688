import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { refundKind } from './refund-kind.ts'

export const refundOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  putRecords(app, deps, refundKind(deps))
}
