import type { FastifyRequest } from 'fastify'

declare module '@fastify/secure-session' {
  interface SessionData {
    userId: string
    /** Milliseconds since 1970. */
    usedAt: number
  }
}

export const SESSION_LIFETIME_S = 2 * 60 * 60
/** Each renewal is a Set-Cookie, so not every request makes one. */
const RENEW_AFTER_MS = 5 * 60 * 1000

export function startSession({ session }: FastifyRequest, userId: string, now: Date): void {
  session.regenerate()
  session.set('userId', userId)
  session.set('usedAt', now.getTime())
}

/** Who is signed in, in WeCom's spelling. A session dies two hours after it was last used. */
export function readSession({ session }: FastifyRequest, now: Date): string | undefined {
  const userId = session.get('userId')
  const usedAt = session.get('usedAt')
  if (userId === undefined || usedAt === undefined) return undefined
  const idle = now.getTime() - usedAt
  if (idle > SESSION_LIFETIME_S * 1000) return undefined
  if (idle > RENEW_AFTER_MS) session.set('usedAt', now.getTime())
  return userId
}
