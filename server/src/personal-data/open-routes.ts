import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Erased, Erasure, ExportWish } from '@zhanggui/shared/personal-data.ts'
import { Id } from '@zhanggui/shared/text.ts'
import type { preValidationAsyncHookHandler } from 'fastify'
import Type from 'typebox'
import { requireAllowance } from '../audit/allowance.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { absentCustomer } from './absent-customer.ts'
import { eraseCustomer } from './erase-customer.ts'
import { isHeld } from './export.repository.ts'
import { exportCustomer } from './export-customer.ts'
import { findPerson } from './find-person.repository.ts'

const params = Type.Object({ externalUserId: Id })
const EXPORTED = 'customer.exported'
/** For people who ask for their own data, not for taking all of it away. */
const EXPORTS = { most: 200, withinMs: 24 * 60 * 60_000 }

export const personalDataOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { clock } = deps

  // A zip has no schema.
  const exporting = {
    summary: 'All that is held of a customer, as a zip',
    headers: IdempotencyHeaders,
    params,
    body: ExportWish,
  }
  app.post(
    '/customers/:externalUserId/export',
    { schema: exporting, preValidation: noWish },
    async (request, reply) => {
      const { externalUserId } = request.params
      const actor = actorOf(request)
      const noted = await answerOnce(deps, request, async (tx) => {
        const at = clock.now()
        if (!(await isHeld(tx, await findPerson(tx, externalUserId))))
          throw await absentCustomer(tx, externalUserId, new AppError('not_found', { detail: 'no such customer' }))
        await requireAllowance(tx, { actor, action: EXPORTED, at }, EXPORTS)
        const reason = request.body.reason
        const entry = { actor, action: EXPORTED, subject: externalUserId, ...(reason !== undefined && { reason }), at }
        return { number: await recordAudit(tx, entry) }
      })
      const archive = await exportCustomer(deps, { externalUserId, actor, number: noted.number, at: clock.now() })
      reply.header('cache-control', 'no-store')
      reply.header('content-disposition', `attachment; filename="export-${noted.number}.zip"`)
      return reply.type('application/zip').send(archive)
    },
  )

  const erasing = {
    summary: 'Erases what is personal of a customer; money rows go on under a pseudonym',
    headers: IdempotencyHeaders,
    params,
    body: Erasure,
    response: { 200: Erased },
  }
  app.post('/customers/:externalUserId/erase', { schema: erasing }, (request) =>
    answerOnce(deps, request, (tx) =>
      eraseCustomer(tx, {
        externalUserId: request.params.externalUserId,
        reason: request.body.reason,
        actor: actorOf(request),
        at: clock.now(),
      }),
    ),
  )
}

/** A POST without a body wishes nothing in particular. */
const noWish: preValidationAsyncHookHandler = async (request) => {
  request.body ??= {}
}
