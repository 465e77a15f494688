import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SessionView, Signature, SignatureRequest } from '@zhanggui/shared/session.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { signJsSdk } from '../wecom/js-sdk.ts'
import { isOwnPage } from './own-page.ts'
import { toSessionView, viewerOf } from './viewer.ts'

/** Who is signed in, and signatures for the page's JS-SDK (doc 90506). */
export const sessionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { config } = deps
  app.get('/api/session', { schema: { response: { 200: SessionView } } }, async (request) =>
    toSessionView(viewerOf(request), config),
  )

  app.post(
    '/api/wecom/signature',
    { schema: { body: SignatureRequest, response: { 200: Signature } } },
    async ({ body }) => {
      if (!isOwnPage(config, body.url)) throw new AppError('bad_request', { detail: 'url must be a page of this site' })
      return signPage(deps, body.kind, body.url)
    },
  )
}

/** A new signature for each request: how long one stays good is not documented. */
export async function signPage(
  { wecom, clock }: Pick<Deps, 'wecom' | 'clock'>,
  kind: 'agent' | 'corp',
  url: string,
): Promise<Signature> {
  const ticket = await wecom.ticket(kind)
  const nonceStr = randomBytes(12).toString('hex')
  const timestamp = Math.floor(clock.now().getTime() / 1000)
  return { timestamp, nonceStr, signature: signJsSdk(ticket, nonceStr, timestamp, url) }
}
