import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { isAdmitted } from '../guides/admission.ts'
import { sendPage } from '../pages/layout.ts'
import { WecomError } from '../wecom/errors.ts'
import { authorizeUrl } from './authorize-url.ts'
import { HOME, localPath } from './local-path.ts'
import { openPending, sealPending } from './pending-sign-in.ts'
import { nextRestart } from './restart-guard.ts'
import { readSession, startSession } from './session.ts'
import {
  inactivePage,
  notSignedInPage,
  sessionNotKeptPage,
  staffOnlyPage,
  tooManyRestartsPage,
  wecomFailurePage,
} from './sign-in-pages.ts'

const PENDING_MS = 10 * 60 * 1000
const RESTARTS = 'zg_restarts'
/** Invalid or used, expired, used (doc 91023). */
const STALE_CODE = [40029, 42003, 42022]

const Start = Type.Object({ next: Type.Optional(Type.String()) })
const Callback = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 512 })),
  state: Type.Optional(Type.String({ maxLength: 128 })),
})

/** Silent sign-in through WeCom (doc 91022). The code comes to the server only; no page ever has it in its URL. */
export const signInRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { config, tokens, clock, wecom } = deps
  const cookie = {
    path: '/auth',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl.startsWith('https:'),
  } as const

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error.validation) return sendPage(reply, 400, notSignedInPage(HOME))
    request.log.error({ err: error }, 'sign-in failed')
    return sendPage(reply, 500, sessionNotKeptPage)
  })

  app.get('/auth/start', { schema: { querystring: Start } }, async ({ query }, reply) =>
    begin(reply, localPath(query.next)),
  )

  app.get('/auth/callback', { schema: { querystring: Callback } }, async (request, reply) => {
    const { code, state = '' } = request.query
    const now = clock.now()
    const next = openPending(tokens, request.cookies[pendingName(state)], state, now)
    // Reloaded, gone back to, too old, or begun in another browser: the code is not ours to use.
    if (next === undefined) return readSession(request, now) ? reply.redirect(HOME) : restart(request, reply, HOME)
    reply.clearCookie(pendingName(state), cookie)
    if (!code) return sendPage(reply, 400, notSignedInPage(next))

    try {
      const { userid } = await wecom.call('auth/getuserinfo', { code })
      // A member of a linked corp comes as CorpId/userid (doc 91023).
      if (!userid || userid.includes('/')) return sendPage(reply, 403, staffOnlyPage)
      if (!(await isAdmitted(userid, deps))) return sendPage(reply, 403, inactivePage)
      startSession(request, userid, now)
      return reply.redirect(next)
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      if (error.errcode !== undefined && STALE_CODE.includes(error.errcode)) return restart(request, reply, next)
      request.log.warn({ errcode: error.errcode }, 'WeCom refused a sign-in')
      return sendPage(reply, error.status, wecomFailurePage(error, next))
    }
  })

  /** A cookie per state: several pages of the toolbar may sign in at once. */
  function begin(reply: FastifyReply, next: string): FastifyReply {
    const state = randomBytes(16).toString('hex')
    const expiresAt = new Date(clock.now().getTime() + PENDING_MS)
    reply.setCookie(pendingName(state), sealPending(tokens, { state, next }, expiresAt), {
      ...cookie,
      maxAge: PENDING_MS / 1000,
    })
    return reply.redirect(authorizeUrl(config, state))
  }

  function restart(request: FastifyRequest, reply: FastifyReply, next: string): FastifyReply {
    const restarts = nextRestart(request.cookies[RESTARTS], clock.now())
    if (restarts === undefined) return sendPage(reply, 400, tooManyRestartsPage(next))
    reply.setCookie(RESTARTS, restarts, { ...cookie, maxAge: 60 })
    return begin(reply, next)
  }
}

function pendingName(state: string): string {
  return `zg_signin_${state.replace(/[^0-9A-Za-z]/g, '').slice(0, 32)}`
}
