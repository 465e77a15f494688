import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { CallbackKeys } from '../config.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { asAppError } from '../problem-plugin.ts'
import { createMessageOpener } from '../wecom/crypto.ts'
import { MAX_XML_BYTES } from '../wecom/xml.ts'
import { jobsFor } from './dispatch.ts'
import { readEnvelope } from './envelope.ts'
import type { CallbackEvent, Endpoint } from './events.ts'
import { createInbox } from './inbox.ts'
import { parseEvent } from './parse-event.ts'

const Signed = {
  msg_signature: Type.String({ minLength: 1, maxLength: 64 }),
  timestamp: Type.String({ minLength: 1, maxLength: 32 }),
  nonce: Type.String({ minLength: 1, maxLength: 128 }),
}
const MessageQuery = Type.Object(Signed)
const EchoQuery = Type.Object({ ...Signed, echostr: Type.String({ minLength: 1, maxLength: 4096 }) })

/**
 * WeCom hangs up after 5 s and sends again, three times at most (doc 90930), so this keeps the callback with its jobs
 * and does nothing else. 200 means kept; 503 asks WeCom to send it again.
 */
export const callbackRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { config, pool, clock, metrics } = deps
  const inbox = createInbox(pool, metrics)
  app.addHook('onClose', () => inbox.drained())

  // WeCom does not document its content type: whatever comes is text.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_XML_BYTES }, (_request, body, done) =>
    done(null, body),
  )

  app.addHook('onError', async (request, _reply, error) => {
    const { code } = asAppError(error)
    metrics.callbacks.inc({ event: 'none', outcome: code })
    request.log.info({ code, path: request.routeOptions.url }, 'callback refused')
  })

  // WeCom's server reads no page headers, and there are hundreds of callbacks a second.
  function serve(path: string, endpoint: Endpoint, keys: CallbackKeys | undefined) {
    const opener = keys && createMessageOpener(keys, config.wecom.corpId)

    app.get(path, { schema: { querystring: EchoQuery }, helmet: false }, async ({ query }, reply) => {
      if (!opener) throw new AppError('callback_not_configured')
      reply.type('text/plain; charset=utf-8')
      return opener.open(query, query.echostr)
    })

    app.post(path, { schema: { querystring: MessageQuery }, helmet: false }, async ({ query, body }, reply) => {
      if (!opener) throw new AppError('callback_not_configured')
      const receivedAt = clock.now()
      if (typeof body !== 'string' || body === '') throw new AppError('bad_envelope', { detail: 'the body is empty' })
      const { ciphertext, agentId } = readEnvelope(body)
      const xml = opener.open(query, ciphertext)
      const { name, data, at, digest } = parseEvent(xml, endpoint, agentId)
      const event = { name, data, at, receivedAt } as CallbackEvent
      const isNew = await inbox.keep({
        endpoint,
        event: name,
        digest,
        xml,
        eventAt: at,
        receivedAt,
        ...jobsFor(event),
      })
      metrics.callbacks.inc({ event: name, outcome: isNew ? 'stored' : 'duplicate' })
      reply.type('text/plain; charset=utf-8')
      return 'success'
    })
  }

  serve('/callbacks/wecom', 'app', config.callbackKeys)
  serve('/callbacks/wecom/contacts', 'contacts', config.contactsCallbackKeys)
}
