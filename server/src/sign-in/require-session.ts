import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { readSession } from './session.ts'
import { findViewer } from './viewer.ts'

/**
 * Guards the scope it is registered in. It runs before the body is read, so that a stranger learns nothing about it.
 * A request that changes something must carry a header which no other site can make a browser send, and JSON.
 */
export const requireSession = fastifyPlugin(async (app: FastifyInstance, deps: Deps) => {
  app.decorateRequest('viewer', undefined)
  app.addHook('onRequest', async (request) => {
    const userId = readSession(request, deps.clock.now())
    if (userId === undefined) throw new AppError('unauthenticated')
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeignOrigin(request.headers)
    try {
      request.viewer = await findViewer(deps, userId)
    } catch (error) {
      if (error instanceof AppError && error.code === 'account_inactive') request.session.delete()
      throw error
    }
  })
})

function refuseForeignOrigin(headers: Record<string, string | string[] | undefined>): void {
  if (!headers['x-requested-with'])
    throw new AppError('forbidden', { detail: 'the header x-requested-with is missing' })
  const type = headers['content-type']
  if (type !== undefined && !/^application\/json\b/i.test(String(type))) throw new AppError('unsupported_media_type')
}
