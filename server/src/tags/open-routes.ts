import { TAG_NAME_CHARACTERS } from '@zhanggui/shared/limits.ts'
import { BatchAnswer } from '@zhanggui/shared/records.ts'
import { TagGroupList, TagGroupRecord } from '@zhanggui/shared/tag.ts'
import type { FastifyPluginAsync } from 'fastify'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { recordCheck } from '../open-api/check-record.ts'
import { type Fault, RecordFault } from '../open-api/record-kind.ts'
import { splitIntoRounds } from '../open-api/rounds.ts'
import type { WantedGroup } from './plan-tag-group.ts'
import { putTagGroup } from './put-tag-group.ts'
import { isSensitiveName } from './sensitive-names.ts'
import { listTagGroups } from './tag-groups.repository.ts'

const MOST_RECORDS = 500
const BODY_LIMIT = 8 * 1024 * 1024
/** Every group takes a call or more; WeCom bears a few at a time. */
const AT_ONCE = 4

export const tagOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  const putSchema = {
    summary: 'Makes corp tags and their groups in WeCom; groupId is your own id, and without it the name is',
    body: Type.Array(TagGroupRecord, { minItems: 1, maxItems: MOST_RECORDS }),
    response: { 200: BatchAnswer },
  }
  // The schema only describes: as a judge it would refuse the whole body for one bad record.
  const validatorCompiler = () => () => true
  const options = { schema: putSchema, validatorCompiler, bodyLimit: BODY_LIMIT }
  app.put('/tag-groups', options, async ({ body, log }) => {
    if (!Array.isArray(body) || body.length === 0 || body.length > MOST_RECORDS)
      throw new AppError('validation_failed', { detail: `the body must be an array of 1 to ${MOST_RECORDS} records` })
    const answer = await takeTagGroups(deps, body)
    const { accepted, unchanged, rejected } = answer
    log.info({ records: 'tag-groups', accepted, unchanged, rejected: rejected.length }, 'records taken')
    return answer
  })

  const getSchema = { summary: 'The corp tags as WeCom last told them', response: { 200: TagGroupList } }
  app.get('/tag-groups', { schema: getSchema }, async () => ({
    groups: (await listTagGroups(deps.db)).map(({ groupId, recordId, ...group }) => ({
      groupId: recordId ?? groupId,
      wecomGroupId: groupId,
      ...group,
    })),
  }))
}

const check = recordCheck(TagGroupRecord)

/** Each record alone: the calls to WeCom cannot share a transaction. */
async function takeTagGroups(deps: Deps, records: readonly unknown[]): Promise<BatchAnswer> {
  const answer: BatchAnswer = { accepted: 0, unchanged: 0, rejected: [] }
  const reject = (index: number, fault: Fault) => answer.rejected.push({ index, ...idIn(records[index]), ...fault })
  const entries: { index: number; wanted: WantedGroup }[] = []
  for (const [index, record] of records.entries()) {
    try {
      entries.push({ index, wanted: toWanted(check(record)) })
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error
      reject(index, error.fault)
    }
  }

  async function take({ index, wanted }: (typeof entries)[number]): Promise<void> {
    try {
      answer[(await putTagGroup(deps, wanted)) === 'changed' ? 'accepted' : 'unchanged']++
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error
      reject(index, error.fault)
    }
  }
  // The last of two records of one group wins, so they are not under way together.
  for (const round of splitIntoRounds(entries, ({ wanted }) => wanted.key)) {
    const queue = round.values()
    const work = async () => {
      for (const entry of queue) await take(entry)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  }
  answer.rejected.sort((a, b) => a.index - b.index)
  return answer
}

function toWanted({ groupId, name, order, tags }: TagGroupRecord): WantedGroup {
  const byName = new Map(tags.map((tag, index) => [readName(tag.name, `/tags/${index}/name`), tag.order]))
  return {
    key: groupId === undefined ? `name ${readName(name, '/name')}` : `id ${groupId}`,
    recordId: groupId,
    name: readName(name, '/name'),
    order,
    tags: [...byName].map(([tagName, tagOrder]) => ({ name: tagName, order: tagOrder })),
  }
}

function readName(text: string, path: string): string {
  const name = text.trim()
  if (name === '' || [...name].length > TAG_NAME_CHARACTERS)
    throw new RecordFault('invalid_field', `${path} must have 1 to ${TAG_NAME_CHARACTERS} characters`)
  if (isSensitiveName(name))
    throw new RecordFault('tag_name_sensitive', `${path} names health, belief or another sensitive trait`)
  return name
}

/** The id of a record that may be anything. */
function idIn(record: unknown): { id?: string } {
  if (typeof record !== 'object' || record === null) return {}
  const { groupId, name } = Object.fromEntries(Object.entries(record))
  const id: unknown = groupId ?? name
  return typeof id === 'string' ? { id: id.slice(0, 128) } : {}
}
