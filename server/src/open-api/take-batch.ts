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
}

/** Judges each record of a batch alone and writes the good ones together; the bad ones come back by their index. */
export function batchTaker<Schema extends TSchema, Row extends { key: string }>(
  kind: RecordKind<Schema, Row>,
): (records: readonly unknown[], world: World) => Promise<BatchAnswer> {
  const check = recordCheck(kind.schema)

  return async (records, world) => {
    const answer: BatchAnswer = { accepted: 0, unchanged: 0, rejected: [] }
    const reject = (index: number, fault: Fault) =>
      answer.rejected.push({ index, ...idIn(records[index], kind.idField), ...fault })

    const entries: { index: number; row: Row }[] = []
    for (const [index, record] of records.entries()) {
      if (index % BREATH === BREATH - 1) await setImmediate()
      try {
        entries.push({ index, row: kind.prepare(check(record)) })
      } catch (error) {
        if (!(error instanceof RecordFault)) throw error
        reject(index, error.fault)
      }
    }

    for (const round of splitIntoRounds(entries, ({ row }) => row.key)) {
      const rows = round.map(({ row }) => row)
      const { changed, rejected } = await writeRows(kind, rows, world)
      for (const { index, row } of round) {
        const fault = rejected.get(row.key)
        if (fault) reject(index, fault)
        else if (changed.has(row.key)) answer.accepted++
        else answer.unchanged++
      }
    }
    answer.rejected.sort((a, b) => a.index - b.index)
    return answer
  }
}

/** The id of a record that may be anything. */
function idIn(record: unknown, field: string): { id?: string } {
  if (typeof record !== 'object' || record === null) return {}
  const id: unknown = Object.entries(record).find(([name]) => name === field)?.[1]
  return typeof id === 'string' ? { id: id.slice(0, 128) } : {}
}
