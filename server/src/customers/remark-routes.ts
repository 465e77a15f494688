import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { RemarkChange, RemarkView } from '@zhanggui/shared/remark.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { CustomerPath } from './customer-path.ts'
import { readRemark, writeRemark } from './remark.ts'
import { requireVisibleCustomer } from './visibility.ts'

/** What a guide has noted about a friend in WeCom. */
export const remarkRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const path = '/api/customers/:externalUserId/remark'
  app.get(path, { schema: { params: CustomerPath, response: { 200: RemarkView } } }, async (request) => {
    const { userId } = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(deps.db, viewerOf(request), externalUserId)
    return readRemark(deps, userId, externalUserId)
  })

  const schema = { params: CustomerPath, body: RemarkChange, response: { 200: RemarkView } }
  app.put(path, { schema }, async (request) => {
    const { userId } = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(deps.db, viewerOf(request), externalUserId)
    return writeRemark(deps, userId, externalUserId, request.body)
  })
}
