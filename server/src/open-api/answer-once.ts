import { createHash } from 'node:crypto'
import { type ProblemCode, problems } from '@zhanggui/shared/problem.ts'
import type { FastifyRequest } from 'fastify'
import type { ControlledTransaction, Kysely, Transaction } from 'kysely'
import Type from 'typebox'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError, toProblem } from '../errors.ts'
import type { Task } from '../jobs/job.ts'
import { findAnswer, forgetAnswers, keepAnswer, lockAnswer } from './remembered-answers.repository.ts'

const REMEMBERED_MS = 24 * 60 * 60_000

/** Headers of every POST that answers by `answerOnce`. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[\\x21-\\x7e]{1,255}$',
      description: 'The same key and body within 24 hours get the same answer and do nothing twice',
    }),
  ),
})

/**
 * Does the work of a POST in one transaction and gives its answer. With an Idempotency-Key the answer, a refusal as
 * well, is committed together with what was done: whoever asks again within 24 hours gets it again and nothing
 * happens, also when the first request is still under way or its server died.
 */
export async function answerOnce<Answer extends object>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  request: FastifyRequest,
  work: (tx: Transaction<Database>) => Promise<Answer>,
): Promise<Answer> {
  const key = readKey(request)
  if (key === undefined) return db.transaction().execute(work)
  const { apiKey } = request
  const requestDigest = digestOf(request)
  return inTransaction(db, async (tx) => {
    await lockAnswer(tx, apiKey, key)
    const now = clock.now()
    const known = await findAnswer(tx, apiKey, key, new Date(now.getTime() - REMEMBERED_MS))
    if (known && known.requestDigest !== requestDigest) throw new AppError('idempotency_key_reused')
    // What was kept is what `work` gave to the same request.
    if (known?.status === 200) return { answer: known.body as Answer }
    if (known) return { refusal: toError(known.body) }
    const outcome = await attempt(tx, work)
    const { status, body } = outcome.refusal
      ? { status: outcome.refusal.status, body: toProblem(outcome.refusal) }
      : { status: 200, body: outcome.answer }
    await keepAnswer(tx, { apiKey, key, requestDigest, status, body, answeredAt: now })
    return outcome
  })
}

type Outcome<Answer> = { answer: Answer; refusal?: undefined } | { refusal: AppError }

async function inTransaction<Answer>(
  db: Kysely<Database>,
  work: (tx: ControlledTransaction<Database>) => Promise<Outcome<Answer>>,
): Promise<Answer> {
  const tx = await db.startTransaction().execute()
  let outcome: Outcome<Answer>
  try {
    outcome = await work(tx)
    await tx.commit().execute()
  } catch (error) {
    if (!tx.isCommitted) await tx.rollback().execute()
    throw error
  }
  if (outcome.refusal) throw outcome.refusal
  return outcome.answer
}

/** A refusal undoes what was done so far. A fault of ours is thrown: another try may fare better. */
async function attempt<Answer>(
  tx: ControlledTransaction<Database>,
  work: (tx: Transaction<Database>) => Promise<Answer>,
): Promise<Outcome<Answer>> {
  const before = await tx.savepoint('work').execute()
  try {
    return { answer: await work(before) }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    await before.rollbackToSavepoint('work').execute()
    return { refusal: error }
  }
}

function readKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? key : undefined
}

function digestOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body) ?? ''}`)
    .digest('hex')
}

const STANDARD = ['type', 'title', 'status', 'code', 'detail', 'errors']

function toError(problem: Record<string, unknown>): AppError {
  const { code, detail, errors } = problem
  if (!isProblemCode(code)) return new AppError('internal', { detail: 'the remembered answer is not readable' })
  const facts = Object.entries(problem).filter(([name]) => !STANDARD.includes(name))
  return new AppError(code, {
    ...(typeof detail === 'string' && { detail }),
    ...(Array.isArray(errors) && { errors }),
    facts: Object.fromEntries(facts),
  })
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code)
}

export const purgeAnswers: Task = {
  name: 'purge_answers',
  lane: 'general',
  async run(_payload, { db, clock }) {
    await forgetAnswers(db, new Date(clock.now().getTime() - REMEMBERED_MS))
  },
}
