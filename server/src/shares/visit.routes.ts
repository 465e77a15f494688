import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { sendPage } from '../pages/layout.ts'
import { LinkToken } from '../pages/link-token.ts'
import { countVisit } from './shares.repository.ts'
import { productPage, unknownSharePage } from './visit-page.ts'

const Link = Type.Object({ token: LinkToken })

/** A shared product: the visit is counted, then the customer goes on to where it is sold. */
export const visitRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock, config }) => {
  app.get(
    '/s/:token',
    { exposeHeadRoute: false, schema: { params: Link }, config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
    async ({ params: { token } }, reply) => {
      const product = await countVisit(db, token, clock.now())
      if (!product) return sendPage(reply, 404, unknownSharePage())
      if (product.url) return reply.redirect(product.url, 302)
      const { guideName, storeName, imageUrl, name, price, brand } = product
      const host = { ...(guideName && { name: guideName }), ...(storeName && { storeName }) }
      const picture = imageUrl ?? `${config.publicUrl}/pictures/product.png`
      return sendPage(reply, 200, productPage({ host, name, price, brand, picture }))
    },
  )
}
