import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyInstance } from 'fastify'
import { listOpenAlerts } from '../alerts/alerts.repository.ts'
import { alertConsoleRoutes } from '../alerts/console-routes.ts'
import type { Deps } from '../deps.ts'
import { doctorConsoleRoutes } from '../doctor/console-routes.ts'
import { latestRun } from '../doctor/doctor-runs.repository.ts'
import type { AppError } from '../errors.ts'
import { failedJobConsoleRoutes } from '../jobs/console-routes.ts'
import { countOpenFailures } from '../jobs/failed-jobs.repository.ts'
import { noticePage, sendPage } from '../pages/layout.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { hqHomePage, managerHomePage } from './home-page.ts'
import { signedInOnly } from './signed-in-only.ts'

/** Pages for HQ and managers. Plain forms and links: nothing here needs a script. */
export const consoleRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  await app.register(async (pages) => register(pages, deps), { prefix: '/console' })
}

async function register(app: FastifyInstance, deps: Deps): Promise<void> {
  const { db, clock } = deps
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const status = 'status' in error ? error.status : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error }, 'a console page failed')
    return sendPage(reply, status, status === 403 ? notForYouPage : status >= 500 ? brokenPage : unusablePage)
  })
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, unusablePage))
  await app.register(signedInOnly, deps)

  app.get('/', async (request, reply) => {
    const viewer = viewerOf(request)
    if (viewer.role !== 'hq') return sendPage(reply, 200, managerHomePage(viewer))
    const [alerts, report, failures] = await Promise.all([
      listOpenAlerts(db),
      latestRun(db, clock.now()),
      countOpenFailures(db),
    ])
    return sendPage(reply, 200, hqHomePage({ viewer, alerts, report, failures }))
  })
  await app.register(doctorConsoleRoutes, deps)
  await app.register(alertConsoleRoutes, deps)
  await app.register(failedJobConsoleRoutes, deps)
}

const home = { label: '回首页', href: '/console/' }
const notForYouPage = noticePage({
  title: '这一页您看不了',
  says: '控制台给店长和总部用。要开通,请总部的同事把您的账号加进名单。',
  action: { label: '打开侧边栏', href: '/sidebar/' },
})
const brokenPage = noticePage({ title: '暂时打不开', says: '是我们这边出了问题,请过一会儿再试。', action: home })
const unusablePage = noticePage({ title: '没有这一页', says: '链接可能不完整。', action: home })
