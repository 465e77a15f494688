import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../deps.ts'

const ASSETS = fileURLToPath(new URL('../../assets/pictures/', import.meta.url))
const DAY_MS = 24 * 60 * 60 * 1000

/** Pictures for cards without one of their own: coupon.png, product.png, invitation.png. Chats fetch them too. */
export const pictureRoutes: FastifyPluginAsyncTypebox<Deps> = async (app) => {
  await app.register(fastifyStatic, {
    root: ASSETS,
    prefix: '/pictures/',
    index: false,
    maxAge: DAY_MS,
    decorateReply: false,
    allowedPath: (path) => path.endsWith('.png'),
    setHeaders: (reply) => {
      reply.header('cross-origin-resource-policy', 'cross-origin')
    },
  })
}
