import { createHash, timingSafeEqual } from 'node:crypto'
import type { onRequestAsyncHookHandler } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

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
    request.log = request.log.child({ apiKey: match.name })
  }
}

/** Equal lengths, as timingSafeEqual wants them. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
