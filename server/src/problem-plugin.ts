import { type ProblemCode, problems } from '@zhanggui/shared/problem.ts'
import type { FastifyError, FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isDatabaseAway } from './db/connection.ts'
import { AppError, toProblem } from './errors.ts'

/** Every failure leaves as application/problem+json; only our own faults are logged as errors, once, here. */
export const problemPlugin = fastifyPlugin(async (app: FastifyInstance) => {
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const known = asAppError(error)
    if (known.status >= 500) request.log.error({ err: error, code: known.code }, 'request failed')
    reply.code(known.status).type('application/problem+json; charset=utf-8')
    return reply.send(JSON.stringify(toProblem(known)))
  })
  app.setNotFoundHandler(() => {
    throw new AppError('not_found')
  })
})

const byStatus: Record<number, ProblemCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
}

/** Fastify's own refusals under our codes. */
export function asAppError(error: FastifyError | AppError): AppError {
  if (error instanceof AppError) return error
  if (error.validation)
    return new AppError('validation_failed', {
      detail: error.message,
      errors: error.validation.map((fault) => ({
        path: fault.instancePath || '/',
        message: fault.message ?? 'is not valid',
      })),
    })
  if (isDatabaseAway(error))
    return new AppError('unavailable', { detail: 'the database does not answer', cause: error })
  const status = error.statusCode ?? 500
  const code = byStatus[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'internal')
  // What went wrong inside stays inside.
  return new AppError(code, status >= 500 ? { cause: error } : { detail: problems[code][1], cause: error })
}
