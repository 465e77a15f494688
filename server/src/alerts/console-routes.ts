import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { sendPage } from '../pages/layout.ts'
import { requireHq } from '../sign-in/viewer.ts'
import { alertsPage } from './alert-pages.ts'
import { closeAlertByHand, listClosedAlerts, listOpenAlerts } from './alerts.repository.ts'

const CLOSED_SHOWN = 50
const Which = Type.Object({ alertId: Type.String({ pattern: '^\\d{1,15}$' }) })

export const alertConsoleRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.get('/alerts', async (request, reply) => {
    const viewer = requireHq(request)
    const [open, closed] = await Promise.all([listOpenAlerts(db), listClosedAlerts(db, CLOSED_SHOWN)])
    return sendPage(reply, 200, alertsPage(viewer, open, closed))
  })

  // Closed meanwhile by somebody else or by its cause: the page it leads to shows so.
  app.post('/alerts/:alertId/close', { schema: { params: Which } }, async (request, reply) => {
    const { userId } = requireHq(request)
    await closeAlertByHand(db, { alertId: Number(request.params.alertId), userId, now: clock.now() })
    return reply.redirect('/console/', 303)
  })
}
