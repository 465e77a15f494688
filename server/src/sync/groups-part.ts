import { endMissingGroups } from '../groups/end-missing-groups.ts'
import { listGroups } from '../groups/list-groups.ts'
import { listGroupOwners } from '../groups/listed.repository.ts'
import { mirrorGroup } from '../groups/mirror-group.ts'
import { listMirroredSince } from '../groups/mirrored-since.repository.ts'
import { WecomError } from '../wecom/errors.ts'
import { halves, isolated } from './isolate.ts'
import type { SyncPart, UnitWork } from './part.ts'
import type { Tally } from './tally.ts'

/** A call may name 100 owners (doc 92120); with half as many there are enough units to keep the calls going. */
const OWNERS_PER_UNIT = 50

/** Every group by its owner, and each one's members. Owners who left have groups too. */
export const groupsPart: SyncPart = {
  name: 'groups',
  async plan({ db, wecom }) {
    const { follow_user } = await wecom.call('externalcontact/get_follow_user_list', {})
    const known = new Map([...(await listGroupOwners(db)), ...follow_user].map((id) => [id.toLowerCase(), id]))
    const owners = [...known.values()]
    return Array.from({ length: Math.ceil(owners.length / OWNERS_PER_UNIT) }, (_, index) => ({
      subjects: owners.slice(index * OWNERS_PER_UNIT, (index + 1) * OWNERS_PER_UNIT),
      expectedRows: OWNERS_PER_UNIT,
    }))
  },
  async work(work) {
    const { deps, unit } = work
    try {
      for await (const page of listGroups(deps, unit.subjects)) {
        const chatIds = page.map(({ chatId }) => chatId)
        const done = new Set(unit.resumed ? await listMirroredSince(deps.db, chatIds, unit.beganAt) : [])
        for (const chatId of chatIds.filter((id) => !done.has(id))) {
          const tally = await readGroup(chatId, work)
          await work.keep({ cursor: chatId }, async () => tally)
        }
      }
    } catch (error) {
      if (!(error instanceof WecomError && error.failure === 'object')) throw error
      const plans = halves(work)
      await work.replaceBy(plans, plans.length === 0 ? isolated(unit, error) : undefined)
      return
    }
    await work.keep({ cursor: null }, async () => ({}))
  },
  async finish(deps, units, problems) {
    const [first] = units.map(({ beganAt }) => beganAt).sort((a, b) => a.getTime() - b.getTime())
    // A group whose owner could not be asked about was not listed either.
    if (!first || problems > 0) return {}
    const ended = await endMissingGroups(deps, first)
    return { ended, drift: { missingGroups: ended } }
  },
}

/** One group out of reach is a problem of its own. */
async function readGroup(chatId: string, { deps }: UnitWork): Promise<Partial<Tally>> {
  try {
    const { isNew, groupChanged, ended, joined, left, changed } = await mirrorGroup(chatId, deps)
    return {
      rows: 1,
      added: Number(isNew),
      changed: Number(groupChanged),
      ended: Number(ended),
      drift: {
        newGroups: Number(isNew),
        changedGroups: Number(groupChanged),
        endedGroups: Number(ended),
        joinedMembers: joined,
        leftMembers: left,
        changedMembers: changed,
      },
    }
  } catch (error) {
    if (!(error instanceof WecomError && error.failure === 'object')) throw error
    return { problems: [{ subject: chatId, reason: error.message }] }
  }
}
