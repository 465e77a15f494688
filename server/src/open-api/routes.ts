import type { FastifyPluginAsync } from 'fastify'
import { attributionOpenRoutes } from '../attribution/open-routes.ts'
import { auditOpenRoutes } from '../audit/open-routes.ts'
import { channelOpenRoutes } from '../channels/open-routes.ts'
import { commissionOpenRoutes } from '../commission/open-routes.ts'
import { couponOpenRoutes } from '../coupons/open-routes.ts'
import { customerOpenRoutes } from '../customers/open-routes.ts'
import type { Deps } from '../deps.ts'
import { groupOpenRoutes } from '../groups/open-routes.ts'
import { guideActionOpenRoutes } from '../guide-actions/open-routes.ts'
import { guideOpenRoutes } from '../guides/open-routes.ts'
import { identityOpenRoutes } from '../identity/open-routes.ts'
import { failedJobOpenRoutes } from '../jobs/open-routes.ts'
import { memberOpenRoutes } from '../membership/open-routes.ts'
import { orderOpenRoutes } from '../orders/open-routes.ts'
import { ownershipOpenRoutes } from '../ownership/open-routes.ts'
import { personalDataOpenRoutes } from '../personal-data/open-routes.ts'
import { productOpenRoutes } from '../products/open-routes.ts'
import { refundOpenRoutes } from '../refunds/open-routes.ts'
import { reportOpenRoutes } from '../reports/open-routes.ts'
import { storeOpenRoutes } from '../stores/open-routes.ts'
import { syncOpenRoutes } from '../sync/open-routes.ts'
import { tagOpenRoutes } from '../tags/open-routes.ts'
import { tierOpenRoutes } from '../tiers/open-routes.ts'
import { welcomeOpenRoutes } from '../welcome/open-routes.ts'
import { requireApiKey } from './api-key.ts'

/** Where tills, the CRM and malls push their data and read profiles and reports: `/open/v1`. */
export const openApiRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  await app.register(
    async (open) => {
      open.decorateRequest('apiKey', '')
      open.addHook('onRequest', requireApiKey(deps.config.openApiKeys))
      for (const routes of features) await open.register(routes, deps)
    },
    { prefix: '/open/v1' },
  )
}

const features: readonly FastifyPluginAsync<Deps>[] = [
  storeOpenRoutes,
  guideOpenRoutes,
  productOpenRoutes,
  memberOpenRoutes,
  tierOpenRoutes,
  orderOpenRoutes,
  refundOpenRoutes,
  attributionOpenRoutes,
  commissionOpenRoutes,
  reportOpenRoutes,
  identityOpenRoutes,
  couponOpenRoutes,
  welcomeOpenRoutes,
  tagOpenRoutes,
  channelOpenRoutes,
  customerOpenRoutes,
  groupOpenRoutes,
  guideActionOpenRoutes,
  failedJobOpenRoutes,
  ownershipOpenRoutes,
  auditOpenRoutes,
  personalDataOpenRoutes,
  syncOpenRoutes,
]
