import { endMissingGroups } from '@zhanggui/server/groups/end-missing-groups.ts'
import { listGroups } from '@zhanggui/server/groups/list-groups.ts'
import { mirrorGroup } from '@zhanggui/server/groups/mirror-group.ts'
import type { DeliverySettings } from '@zhanggui/wecom-simulator/callbacks/lossy-line.ts'
import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { customers, type GroupStory, groupSeed, startGroupStory } from './group-story.ts'

/** Many groups at once, so that one wait for WeCom's lag serves them all. */
const GROUPS = 30
const HAPPENINGS = 9
const guides = ['LinXiao', 'ZhouMin']

test.for([1, 2])(
  'shuffled and repeated callbacks end in what WeCom says, history and all (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    await using story = await startGroupStory({ groups: oldGroups() })
    const past = await live(story, seed, { reorder: true, repeat: 0.3, seed })
    await story.quiet()
    for (const chatId of story.simulator.world.groups.keys()) {
      expect(await story.held(chatId), chatId).toEqual(story.truth(chatId))
      const history = await story.history(chatId)
      const told = history.map(({ memberId, how }) => `${memberId} ${how}`).sort()
      expect({ chatId, ...past.compare(chatId, told) }).toEqual({ chatId, forgotten: [], invented: [] })
    }
  },
)

test.for([11])(
  'with callbacks lost, listing and reading every group puts all right (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const groupLagMs = 2_500
    await using story = await startGroupStory({ groups: oldGroups() }, { groupLagMs })
    await live(story, seed, { reorder: true, repeat: 0.2, drop: 0.35, seed })
    // As at night: nobody is still reading what WeCom will only know in a moment.
    const known = Date.now() + groupLagMs
    await story.quiet()
    await until(async () => Date.now() > known)
    const { deps } = story.server
    const since = new Date()
    for await (const page of listGroups(deps, guides)) for (const { chatId } of page) await mirrorGroup(chatId, deps)
    await endMissingGroups(deps, since)
    await story.quiet()
    for (const chatId of story.simulator.world.groups.keys())
      expect(await story.held(chatId), chatId).toEqual(story.truth(chatId))
  },
)

function oldGroups() {
  return Array.from({ length: GROUPS }, (_, index) => groupSeed({ chatId: `wrOld${index}`, name: `群 ${index}` }))
}

/** Lets things happen in all groups by turns, half of which the product has read before, and all callbacks arrive. */
async function live(story: GroupStory, seed: number, delivery: DeliverySettings) {
  const { simulator, server } = story
  const chance = chances(seed)
  const past = memory()
  for (let index = 0; index < GROUPS; index += 1) {
    past.begin(`wrOld${index}`, ['LinXiao', 'wm0', 'wm1'], false)
    await mirrorGroup(`wrOld${index}`, server.deps)
  }
  simulator.setDelivery(delivery)
  for (let round = 0; round < HAPPENINGS * GROUPS; round += 1) {
    const groups = [...simulator.world.groups.values()].filter(({ dismissed }) => !dismissed)
    const group = groups[chance(groups.length)]
    if (group) await happen(story, group.chatId, chance, past)
  }
  await simulator.flush()
  simulator.setDelivery(undefined)
  return past
}

async function happen(
  story: GroupStory,
  chatId: string,
  chance: (below: number) => number,
  past: ReturnType<typeof memory>,
): Promise<void> {
  const { simulator } = story
  const group = simulator.world.groups.get(chatId)
  if (!group) return
  story.pass(60)
  const people = [...guides, ...customers.map(({ externalUserId }) => externalUserId)]
  const some = (from: string[]) => from.filter(() => chance(4) === 0)
  const outside = some(people.filter((id) => !group.members.has(id)))
  const inside = some(people.filter((id) => group.members.has(id) && id !== group.owner))
  switch (chance(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      if (outside.length === 0) return
      await simulator.joinGroup({ chatId, members: outside, scene: chance(2) === 0 ? 0 : 3, byLink: chance(2) === 0 })
      return past.join(chatId, outside)
    case 4:
    case 5:
    case 6:
    case 7: {
      if (inside.length === 0) return
      const removed = chance(2) === 0
      await simulator.leaveGroup({ chatId, members: inside, removed })
      return past.leave(chatId, inside, removed ? 'removed' : 'left')
    }
    case 8:
      return void (await simulator.renameGroup({ chatId, name: `群 ${chance(1000)}` }))
    case 9:
      return void (await simulator.changeNotice({ chatId, notice: `公告 ${chance(1000)}` }))
    case 10: {
      const owner = guides.find((id) => group.members.has(id) && id !== group.owner)
      return owner ? void (await simulator.changeOwner({ chatId, owner })) : undefined
    }
    default:
      if (chance(3) > 0) {
        const { chatId: made } = await simulator.createGroup({ owner: 'ZhouMin', name: '新群', members: outside })
        return past.begin(made, ['ZhouMin', ...outside.filter((id) => id !== 'ZhouMin')], true)
      }
      await simulator.dismissGroup({ chatId })
      return past.leave(chatId, [...group.members.keys()], 'dismissed')
  }
}

interface Stay {
  memberId: string
  how: string | null
  /** No callback names those a group begins with: who was gone before the first reading left no trace. */
  untold: boolean
}

/** Who was in which group, and how each stay ended. */
function memory() {
  const stays = new Map<string, Stay[]>()
  const of = (chatId: string) => stays.get(chatId) ?? []
  return {
    begin(chatId: string, memberIds: string[], untold: boolean) {
      stays.set(
        chatId,
        memberIds.map((memberId) => ({ memberId, how: null, untold })),
      )
    },
    join(chatId: string, memberIds: string[]) {
      of(chatId).push(...memberIds.map((memberId) => ({ memberId, how: null, untold: false })))
    },
    leave(chatId: string, memberIds: string[], how: string) {
      for (const stay of of(chatId)) if (stay.how === null && memberIds.includes(stay.memberId)) stay.how = how
    },
    compare(chatId: string, history: readonly string[]) {
      const words = (list: Stay[]) => list.map(({ memberId, how }) => `${memberId} ${how}`)
      return {
        forgotten: without(words(of(chatId).filter(({ how, untold }) => !untold || how === null)), history),
        invented: without(history, words(of(chatId))),
      }
    },
  }
}

/** What is left of a list when each entry of the other has taken one away. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = [...list]
  for (const entry of taken) {
    const index = left.indexOf(entry)
    if (index >= 0) left.splice(index, 1)
  }
  return left
}

/** mulberry32: the same seed, the same story. */
function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below) | 0
  }
}
