import { setImmediate } from 'node:timers/promises'
import type { BatchAnswer } from '@zhanggui/shared/records.ts'
import type { FastifyBaseLogger } from 'fastify'
import type { TSchema } from 'typebox'
import type { Deps } from '../deps.ts'
import { recordCheck } from './check-record.ts'
import { type Fault, RecordFault, type RecordKind } from './record-kind.ts'
import { splitIntoRounds } from './rounds.ts'
import { writeRows } from './write-rows.ts'

/** Records prepared in one go: preparing all 500 would keep WeCom's callbacks waiting for a tenth of a second. */
const BREATH = 50

interface World {
  db: Deps['db']
  log: FastifyBaseLogger
  /** Everything is written and then undone: the answer is that of a real batch. */
  dryRun?: boolean
}

/** Records of a batch that were judged without the database. */
export interface Prepared<Row> {
  records: readonly unknown[]
  entries: { index: number; row: Row }[]
  rejected: BatchAnswer['rejected']
}

/** Judges each record of a batch alone and writes the good ones together; the bad ones come back by their index. */
export function batchTaker<Schema extends TSchema, Row extends { key: string }>(
  kind: RecordKind<Schema, Row>,
): (records: readonly unknown[], world: World) => Promise<BatchAnswer> {
  const { prepare, write } = batchSteps(kind)
  return async (records, world) => write(await prepare(records), world)
}

/** The same in two steps, so that one batch can be prepared while another is being written. */
export function batchSteps<Schema extends TSchema, Row extends { key: string }>(kind: RecordKind<Schema, Row>) {
  const check = recordCheck(kind.schema)
  const refusal = (records: readonly unknown[], index: number, fault: Fault) => ({
    index,
    ...idIn(records[index], kind.idField),
    ...fault,
  })

  async function prepare(records: readonly unknown[]): Promise<Prepared<Row>> {
    const prepared: Prepared<Row> = { records, entries: [], rejected: [] }
    for (const [index, record] of records.entries()) {
      if (index % BREATH === BREATH - 1) await setImmediate()
      try {
        prepared.entries.push({ index, row: kind.prepare(check(record)) })
      } catch (error) {
        if (!(error instanceof RecordFault)) throw error
        prepared.rejected.push(refusal(records, index, error.fault))
      }
    }
    return prepared
  }

  async function write({ records, entries, rejected: before }: Prepared<Row>, world: World): Promise<BatchAnswer> {
    const answer: BatchAnswer = { accepted: 0, unchanged: 0, rejected: [...before] }
    for (const round of splitIntoRounds(entries, ({ row }) => row.key)) {
      const rows = round.map(({ row }) => row)
      const { changed, rejected } = await writeRows(kind, rows, world)
      for (const { index, row } of round) {
        const fault = rejected.get(row.key)
        if (fault) answer.rejected.push(refusal(records, index, fault))
        else if (changed.has(row.key)) answer.accepted++
        else answer.unchanged++
      }
    }
    answer.rejected.sort((a, b) => a.index - b.index)
    return answer
  }

  return { prepare, write }
}

/** The id of a record that may be anything. */
function idIn(record: unknown, field: string): { id?: string } {
  if (typeof record !== 'object' || record === null) return {}
  const id: unknown = Object.entries(record).find(([name]) => name === field)?.[1]
  return typeof id === 'string' ? { id: id.slice(0, 128) } : {}
}
