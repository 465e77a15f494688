import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The name of the key that opened `/open/v1`. */
    apiKey: string
  }
}

/** Lets in whoever bears one of OPEN_API_KEYS. Log lines of the request carry the key's name, never the key. */
export function requireApiKey(keys: Config['openApiKeys']): onRequestAsyncHookHandler {
  const known = keys.map(({ name, key }) => ({ name, digest: sha256(key) }))
  return async (request, reply) => {
    const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const digest = sha256(key ?? '')
    // Every key is compared, so that the time taken tells nothing about which one came close.
    const [match] = known.filter((candidate) => timingSafeEqual(candidate.digest, digest))
    if (key === undefined || !match) {
      reply.header('www-authenticate', 'Bearer')
      throw new AppError('bad_api_key')
    }
    request.apiKey = match.name
    request.log = request.log.child({ apiKey: match.name })
  }
}

/** Who asks, as the audit names them: no userid holds a colon. */
export function actorOf({ apiKey }: Pick<FastifyRequest, 'apiKey'>): string {
  return `api:${apiKey}`
}

/** Equal lengths, as timingSafeEqual wants them. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
