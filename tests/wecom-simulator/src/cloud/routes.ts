import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReadContext } from '../context.ts'
import { answerCall, type Cloud } from './answer.ts'
import { BinaryAnswer } from './endpoint.ts'

/** media/upload takes files up to 20 MB (doc 90253). */
const BODY_LIMIT = 24 * 1024 * 1024

export async function cloudRoutes<C extends ReadContext>(app: FastifyInstance, cloud: Cloud<C>) {
  // A doctor reads the clock of WeCom from here.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', new Date(cloud.context.now().getTime() + cloud.faults.clockSkewMs).toUTCString())
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  )
  app.route({
    method: ['GET', 'POST'],
    url: '/cgi-bin/*',
    bodyLimit: BODY_LIMIT,
    handler: async (request, reply) => {
      if (cloud.faults.network === 'down') {
        reply.hijack()
        request.raw.socket.destroy()
        return
      }
      const path = pathOf(request).slice('/cgi-bin/'.length)
      const endpoint = cloud.endpoints.get(path)
      if (!endpoint) return reply.code(404).send({ errcode: 404, errmsg: `This WeCom has no ${path}` })
      const answer = await answerCall(cloud, endpoint, {
        query: readQuery(request),
        contentType: request.headers['content-type'] ?? '',
        raw: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
        ip: request.ip,
      })
      if (!(answer instanceof BinaryAnswer)) return answer
      return reply
        .type(answer.contentType || 'application/octet-stream')
        .header('content-disposition', `attachment; filename="${encodeURIComponent(answer.fileName)}"`)
        .send(Buffer.from(answer.bytes))
    },
  })
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

/** Of a repeated parameter the first counts. */
export function readQuery(request: FastifyRequest): Record<string, string> {
  const search = new URL(request.url, 'http://simulator').searchParams
  const query: Record<string, string> = {}
  for (const [name, value] of search) query[name] ??= value
  return query
}
