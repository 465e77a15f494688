import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import type { GroupSeed, WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

export const GET = 'externalcontact/groupchat/get'
const PEOPLE = 12

export const customers = Array.from({ length: PEOPLE }, (_, index) => ({
  externalUserId: `wm${index}`,
  name: `顾客${index}`,
  gender: 0 as const,
  ...(index % 2 === 0 ? { unionId: `union${index}` } : {}),
}))

export interface GroupStory extends Story {
  /** What WeCom itself would say of the members, ready to be compared with `held`. */
  truth(chatId: string): unknown
  held(chatId: string): Promise<unknown>
  history(chatId: string): Promise<{ memberId: string; scene: string; how: string | null }[]>
  /** Everything heard is worked, planned readings too; those that only fetch details may wait. */
  quiet(): Promise<void>
  reads(): number
  /** On WeCom's clock. */
  pass(seconds: number): void
}

/** WeCom's clock stands hours back and goes on a little whenever it is looked at, as between a joining and its callback. */
export async function startGroupStory(
  seed: Partial<WorldSeed> = {},
  options: { groupLagMs?: number; role?: 'web' | 'both' } = {},
): Promise<GroupStory> {
  let time = Date.now() - 12 * 3_600_000
  const story = await startStory({
    role: options.role,
    simulator: {
      seed: smallWorld({ customers, ...seed }),
      now: () => {
        time += 300
        return new Date(time)
      },
      groupLagMs: options.groupLagMs,
    },
  })
  const { simulator, db, server } = story
  return {
    ...story,
    truth: (chatId) => truthOf(simulator, chatId),
    async held(chatId) {
      const group = await db.selectFrom('customerGroup').selectAll().where('chatId', '=', chatId).executeTakeFirst()
      if (!group) return undefined
      if (group.endedHow) return group.endedHow
      const stays = await db
        .selectFrom('groupMembership')
        .select(['memberId', 'kind'])
        .where('chatId', '=', chatId)
        .where('leftAt', 'is', null)
        .execute()
      const { name, ownerUserId, notice, memberVersion } = group
      return {
        name,
        owner: ownerUserId,
        notice: notice ?? '',
        version: memberVersion,
        members: stays.map(({ memberId, kind }) => `${kind} ${memberId}`).sort(),
      }
    },
    async history(chatId) {
      const stays = await db
        .selectFrom('groupMembership')
        .select(['memberId', 'joinScene as scene', 'leftHow as how'])
        .where('chatId', '=', chatId)
        .orderBy('memberId')
        .orderBy('joinedAt')
        .execute()
      return stays
    },
    quiet: () =>
      until(async () => {
        const { rows } = await server.deps.pool.query<{ busy: number }>(
          `select count(*)::int as busy from graphile_worker.jobs where task_identifier = any($1)`,
          [['notice_new_group', 'end_dismissed_group', 'follow_group_change', 'mirror_group']],
        )
        return rows[0]?.busy === 0
      }, 100_000),
    reads: () => simulator.calls.count(GET),
    pass(seconds) {
      time += seconds * 1000
    },
  }
}

function truthOf(simulator: Simulator, chatId: string): unknown {
  const group = simulator.world.groups.get(chatId)
  if (!group) throw new Error(`no group ${chatId}`)
  if (group.dismissed) return 'dismissed'
  return {
    name: group.name,
    owner: group.owner,
    notice: group.notice,
    version: group.version,
    members: [...group.members.keys()].map((id) => `${/^wm/.test(id) ? 'customer' : 'guide'} ${id}`).sort(),
  }
}

/** A group that was there before the product came. */
export function groupSeed(changes: Partial<GroupSeed> = {}): GroupSeed {
  return {
    chatId: 'wrOld',
    name: '老友群',
    owner: 'LinXiao',
    notice: '周三会员日',
    createdAt: '2026-01-05T10:00:00+08:00',
    members: [
      { id: 'LinXiao', joinedAt: '2026-01-05T10:00:00+08:00', joinScene: 1 },
      { id: 'wm0', joinedAt: '2026-02-01T12:00:00+08:00', joinScene: 3 },
      { id: 'wm1', joinedAt: '2026-02-02T12:00:00+08:00', joinScene: 2, invitedBy: 'LinXiao', state: 'poster' },
    ],
    ...changes,
  }
}
