import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/** Describes `/api` and `/open` from their routes' schemas at `/openapi.json`. Must be registered before them. */
export const openapiPlugin = fastifyPlugin(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '掌柜',
        version: '1',
        description:
          'Money is an integer in fen, times are RFC 3339. Errors are application/problem+json with a stable code.',
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'A key of OPEN_API_KEYS' },
          session: { type: 'apiKey', in: 'cookie', name: 'zg_session' },
        },
      },
    },
    transform: ({ schema, url }) => {
      if (url.startsWith('/open/')) return { url, schema: { ...schema, security: [{ apiKey: [] }] } }
      if (url.startsWith('/api/')) return { url, schema: { ...schema, security: [{ session: [] }] } }
      return { url, schema: { ...schema, hide: true } }
    },
  })
  app.get('/openapi.json', () => app.swagger())
})
