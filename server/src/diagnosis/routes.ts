import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Diagnosis, DiagnosisQuery } from '@zhanggui/shared/diagnosis.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { requireVisibleGroup } from '../groups/visibility.ts'
import { isOwnPage } from '../sign-in/own-page.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { WecomError } from '../wecom/errors.ts'

/** For the page an admin asks a guide to open: what the server sees of the guide, the chat and its own settings. */
export const diagnosisRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, wecom, clock, config }) => {
  const schema = { querystring: DiagnosisQuery, response: { 200: Diagnosis } }
  app.get('/api/diagnosis', { schema }, async (request) => {
    const viewer = viewerOf(request)
    const { url, externalUserId, chatId } = request.query
    const [agentTicket, corpTicket, customer, group] = await Promise.all([
      outcomeOf('ok', () => wecom.ticket('agent')),
      outcomeOf('ok', () => wecom.ticket('corp')),
      externalUserId && outcomeOf('visible', () => requireVisibleCustomer(db, viewer, externalUserId)),
      chatId && outcomeOf('visible', () => requireVisibleGroup(db, viewer, chatId)),
    ])
    return {
      at: clock.now().toISOString(),
      userId: viewer.userId,
      role: viewer.role,
      ...(viewer.storeId && { storeId: viewer.storeId }),
      corpId: config.wecom.corpId,
      agentId: config.wecom.agentId,
      publicOrigin: new URL(config.publicUrl).origin,
      signable: isOwnPage(config, url),
      agentTicket,
      corpTicket,
      ...(customer && { customer }),
      ...(group && { group }),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
    }
  })
}

/** `good`, or the short code of what stood against it. */
async function outcomeOf(good: string, ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask()
    return good
  } catch (error) {
    if (error instanceof WecomError) return `${error.failure} ${error.errcode ?? ''}`.trim()
    if (error instanceof AppError) return error.code
    throw error
  }
}
