import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { apiRoutes } from './api.routes.ts'
import { callbackRoutes } from './callbacks/routes.ts'
import { consoleRoutes } from './console/routes.ts'
import { customerPages } from './customer-pages.routes.ts'
import type { Deps } from './deps.ts'
import { openApiRoutes } from './open-api/routes.ts'
import { openapiPlugin } from './openapi-plugin.ts'
import { operationsRoutes } from './operations/routes.ts'
import { pictureRoutes } from './pictures/routes.ts'
import { problemPlugin } from './problem-plugin.ts'
import { sidebarRoutes } from './sidebar/routes.ts'
import { domainProofRoute } from './sign-in/domain-proof.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { sessionPlugin } from './sign-in/session-plugin.ts'

/** The whole HTTP surface on the given ports. Never listens: that is `main.ts`'s to do. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    // The proxy in front is trusted for the caller's address only as far as the loopback and private hops.
    trustProxy: 'loopback, uniquelocal',
    bodyLimit: 4 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    // Fastify would log URLs, and ours carry tokens; the line below names the route instead.
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    request.log[reply.statusCode < 400 ? 'debug' : 'info'](fields, 'request answered')
  })
  await app.register(problemPlugin)
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: contentSecurity(deps) } })
  await app.register(openapiPlugin)

  await app.register(operationsRoutes, deps)
  await app.register(callbackRoutes, deps)
  await app.register(openApiRoutes, deps)
  await app.register(domainProofRoute, deps)
  await app.register(pictureRoutes, deps)
  await app.register(forPeople, deps)
  return app
}

/** What people open: only here are there cookies, sessions, forms and limits a caller. */
const forPeople: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  await app.register(cookie)
  await app.register(sessionPlugin, deps)
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  await app.register(rateLimit, { global: false })
  await app.register(signInRoutes, deps)
  await app.register(apiRoutes, deps)
  await app.register(sidebarRoutes, deps)
  await app.register(consoleRoutes, deps)
  await app.register(customerPages, deps)
}

/**
 * WeCom's toolbar opens the sidebar as a page of its own, so nobody need frame it; its script adds no other origin.
 * Pictures of products and customers come from anywhere the till or WeCom says.
 */
function contentSecurity({ config }: Deps): Record<string, string[]> {
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'https:', ...(config.publicUrl.startsWith('http:') ? ['http:'] : [])],
    'connect-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'"],
  }
}
