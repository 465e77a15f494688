import swagger from '@fastify/swagger'
import { problems } from '@zhanggui/shared/problem.ts'
import type { FastifyInstance, FastifySchema } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import Type from 'typebox'

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
      const described = { ...schema, response: { ...responsesOf(schema), default: problem } }
      if (url.startsWith('/open/')) return { url, schema: { ...described, security: [{ apiKey: [] }] } }
      if (url.startsWith('/api/')) return { url, schema: { ...described, security: [{ session: [] }] } }
      return { url, schema: { ...schema, hide: true } }
    },
  })
  app.get('/openapi.json', () => app.swagger())
})

/** A route without a response schema answers with nothing, or with something JSON Schema has no word for. */
function responsesOf(schema: FastifySchema | undefined): object {
  return schema && typeof schema.response === 'object' && schema.response ? schema.response : {}
}

const problem = {
  description: 'Any failure',
  content: {
    'application/problem+json': {
      schema: Type.Object({
        type: Type.String(),
        title: Type.String(),
        status: Type.Integer(),
        code: Type.Enum(Object.keys(problems)),
        detail: Type.Optional(Type.String()),
        errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
      }),
    },
  },
}
