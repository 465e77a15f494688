import Fastify from 'fastify'
import { findProduct } from '../data/products.ts'
import { productPicture } from '../pictures/product-picture.ts'
import { mallPage, missingPage, productPage } from './mall-pages.ts'

export interface MallServer {
  url: string
  stop(): Promise<void>
}

/** The mall's own pages: what a product's picture and link in the product data point to. */
export async function startMallServer({ host, port }: { host: string; port: number }): Promise<MallServer> {
  const app = Fastify({ forceCloseConnections: true })
  const html = 'text/html; charset=utf-8'

  app.get('/', (_request, reply) => reply.type(html).send(mallPage()))

  app.get<{ Params: { productId: string } }>('/p/:productId', ({ params }, reply) => {
    const product = findProduct(params.productId)
    return reply
      .code(product ? 200 : 404)
      .type(html)
      .send(product ? productPage(product) : missingPage())
  })

  app.get<{ Params: { file: string } }>('/pictures/:file', ({ params }, reply) => {
    const product = findProduct(params.file.replace(/\.svg$/, ''))
    if (!product) return reply.code(404).send()
    return reply
      .headers({ 'cache-control': 'public, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' })
      .type('image/svg+xml')
      .send(productPicture(product))
  })

  const url = await app.listen({ host, port })
  return { url, stop: () => app.close() }
}
