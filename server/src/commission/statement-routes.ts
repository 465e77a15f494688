import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { MonthText, Statement } from '@zhanggui/shared/commission.ts'
import { Id, OneOf } from '@zhanggui/shared/text.ts'
import type { FastifyReply } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { ExplainedEntry } from './statement.repository.ts'
import { readPeriodEntries, readStatement } from './statement.ts'
import { toCsv, toWorkbook } from './statement-file.ts'

const Format = OneOf('csv', 'xlsx')
type Format = Static<typeof Format>

const types: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
/** A workbook is made in memory; a CSV holds more. */
const MOST_IN_A_WORKBOOK = 100_000

export const statementRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const one = {
    summary: 'What a guide is owed for a month, each fen explained',
    params: Type.Object({ guideId: Id }),
    querystring: Type.Object({ period: MonthText }),
    response: { 200: Statement },
  }
  app.get('/commission/statements/:guideId', { schema: one }, ({ params, query }) =>
    readStatement(deps, params.guideId, query.period),
  )

  const oneFile = {
    summary: 'The same for finance, as CSV or XLSX',
    params: Type.Object({ guideId: Id }),
    querystring: Type.Object({ period: MonthText, format: Format }),
  }
  app.get('/commission/statements/:guideId/file', { schema: oneFile }, async ({ params, query }, reply) => {
    const { entries } = await readPeriodEntries(deps, query.period, params.guideId)
    return sendFile(reply, entries, query)
  })

  const allFile = {
    summary: 'The statements of all guides for a month in one file',
    params: Type.Object({ period: MonthText }),
    querystring: Type.Object({ format: Format }),
  }
  app.get('/commission/periods/:period/file', { schema: allFile }, async ({ params, query }, reply) => {
    const { entries } = await readPeriodEntries(deps, params.period)
    return sendFile(reply, entries, { ...params, ...query })
  })
}

async function sendFile(
  reply: FastifyReply,
  entries: readonly ExplainedEntry[],
  { period, format }: { period: string; format: Format },
): Promise<string | Buffer> {
  if (format === 'xlsx' && entries.length > MOST_IN_A_WORKBOOK)
    throw new AppError('bad_request', { detail: `a workbook holds at most ${MOST_IN_A_WORKBOOK} entries: ask for csv` })
  reply.header('content-disposition', `attachment; filename="commission-${period}.${format}"`).type(types[format])
  return format === 'csv' ? toCsv(entries) : toWorkbook(entries, period)
}
