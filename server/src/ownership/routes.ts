import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Ruled, Ruling } from '@zhanggui/shared/ownership.ts'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { ruleOwner } from './rule-owner.ts'

export const ownershipRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  const schema = {
    summary: 'A manager, within the store, or HQ decides whose customer it is',
    params: CustomerPath,
    body: Ruling,
    response: { 200: Ruled },
  }
  app.post('/api/customers/:externalUserId/ruling', { schema }, async (request) => {
    const { userId, role, storeId } = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(db, viewerOf(request), externalUserId)
    if (role === 'guide')
      throw new AppError('forbidden', { detail: 'only a manager or HQ decides whose customer it is' })
    if (role === 'manager' && storeId === undefined) throw new AppError('not_your_store')
    return db.transaction().execute((tx) =>
      ruleOwner(tx, {
        externalUserId,
        ...request.body,
        by: userId,
        actor: userId,
        at: clock.now(),
        ...(role === 'manager' && storeId !== undefined && { withinStoreId: storeId }),
      }),
    )
  })
}
