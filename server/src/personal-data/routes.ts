import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PhoneWish, RevealedPhones } from '@zhanggui/shared/personal-data.ts'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { revealPhone } from './reveal-phone.ts'

export const personalDataRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const schema = {
    summary: 'Shows a phone in clear; who looked, and why, is written down',
    params: CustomerPath,
    body: PhoneWish,
    response: { 200: RevealedPhones },
  }
  app.post('/api/customers/:externalUserId/phone', { schema }, async (request, reply) => {
    const { externalUserId } = request.params
    await requireVisibleCustomer(deps.db, viewerOf(request), externalUserId)
    reply.header('cache-control', 'no-store')
    return revealPhone(deps, viewerOf(request), { externalUserId, reason: request.body.reason })
  })
}
