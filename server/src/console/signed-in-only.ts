import type { FastifyInstance, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { readSession } from '../sign-in/session.ts'
import { findViewer } from '../sign-in/viewer.ts'

/** Guards the scope it is registered in: a stranger is led to sign-in and back, a guide is told that this is not theirs. */
export const signedInOnly = fastifyPlugin(async (app: FastifyInstance, deps: Deps) => {
  const origin = new URL(deps.config.publicUrl).origin
  app.decorateRequest('viewer', undefined)
  app.addHook('onRequest', async (request, reply) => {
    // The page's own forms then say where they come from, which `no-referrer` would hide.
    reply.headers({ 'referrer-policy': 'same-origin', 'x-robots-tag': 'noindex, nofollow' })
    const userId = readSession(request, deps.clock.now())
    if (userId === undefined) {
      const next = request.method === 'GET' ? request.originalUrl : '/console/'
      return reply.redirect(`/auth/start?next=${encodeURIComponent(next)}`)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnForm(request, origin))
      throw new AppError('forbidden', { detail: 'the form is not of this site' })
    request.viewer = await findViewer(deps, userId)
    if (request.viewer.role === 'guide') throw new AppError('forbidden')
    return undefined
  })
})

/** The session cookie is Lax and does not come along from elsewhere; this is the second lock. */
function isOwnForm({ headers }: FastifyRequest, origin: string): boolean {
  return headers.origin === origin || headers['sec-fetch-site'] === 'same-origin'
}
