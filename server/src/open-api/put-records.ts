import { BatchAnswer } from '@zhanggui/shared/records.ts'
import type { FastifyInstance } from 'fastify'
import Type, { type TSchema } from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { RecordKind } from './record-kind.ts'
import { batchTaker } from './take-batch.ts'

const MOST_RECORDS = 500
/** Room for 500 orders of some hundred lines each. */
const BODY_LIMIT = 8 * 1024 * 1024

/** Adds `PUT /<kind>`: 400 only for a body that is no batch at all, else an answer for every record. */
export function putRecords<Schema extends TSchema, Row extends { key: string }>(
  app: FastifyInstance,
  { db }: Pick<Deps, 'db'>,
  kind: RecordKind<Schema, Row>,
): void {
  const takeBatch = batchTaker(kind)
  const schema = {
    summary: `Upserts ${kind.name} by ${kind.idField}`,
    body: Type.Array(kind.schema, { minItems: 1, maxItems: MOST_RECORDS }),
    response: { 200: BatchAnswer },
  }
  // The schema only describes: as a judge it would refuse the whole body for one bad record.
  const validatorCompiler = () => () => true
  app.put(`/${kind.name}`, { schema, validatorCompiler, bodyLimit: BODY_LIMIT }, async ({ body, log }) => {
    if (!Array.isArray(body) || body.length === 0 || body.length > MOST_RECORDS)
      throw new AppError('validation_failed', { detail: `the body must be an array of 1 to ${MOST_RECORDS} records` })
    const answer = await takeBatch(body, { db, log })
    const { accepted, unchanged, rejected } = answer
    log.info({ records: kind.name, accepted, unchanged, rejected: rejected.length }, 'records taken')
    return answer
  })
}
