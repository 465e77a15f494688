import { hkdfSync } from 'node:crypto'
import secureSession from '@fastify/secure-session'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import { SESSION_LIFETIME_S } from './session.ts'

/**
 * The session lives in an encrypted cookie. `Lax`, because WeCom's sign-in comes back from another site (doc 91022).
 * A cookie made with an older secret is read and at once replaced by one made with the newest.
 */
export const sessionPlugin = fastifyPlugin(async (app: FastifyInstance, { config }: Deps) => {
  await app.register(secureSession, {
    cookieName: 'zg_session',
    key: config.sessionSecrets.map((secret) => sessionKey(secret)),
    expiry: SESSION_LIFETIME_S,
    cookie: {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: config.publicUrl.startsWith('https:'),
      maxAge: SESSION_LIFETIME_S,
    },
  })
})

function sessionKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'zhanggui session', 32))
}
