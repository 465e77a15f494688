import { endMissingGroups } from '@zhanggui/server/groups/end-missing-groups.ts'
import { listGroups } from '@zhanggui/server/groups/list-groups.ts'
import { listGroupOwners } from '@zhanggui/server/groups/listed.repository.ts'
import { mirrorGroup } from '@zhanggui/server/groups/mirror-group.ts'
import { expect, test } from 'vitest'
import { type GroupStory, groupSeed, startGroupStory } from './group-story.ts'

const LIST = 'externalcontact/groupchat/list'

async function list(story: GroupStory, owners: string[]): Promise<string[]> {
  const ids: string[] = []
  for await (const page of listGroups(story.server.deps, owners)) ids.push(...page.map(({ chatId }) => chatId))
  return ids
}

function seeds(count: number, changes: object = {}) {
  return Array.from({ length: count }, (_, index) => groupSeed({ chatId: `wr${index}`, ...changes }))
}

test('groups are listed by a hundred owners and a thousand rows at a time', async () => {
  await using story = await startGroupStory({ groups: seeds(1100) })
  const owners = ['LinXiao', ...Array.from({ length: 120 }, (_, index) => `Nobody${index}`)]
  expect(new Set(await list(story, owners)).size).toBe(1100)
  const asked = story.simulator.calls.of(LIST).map(({ body }) => Object(body))
  expect(asked.map(({ owner_filter, limit }) => [owner_filter.userid_list.length, limit])).toEqual([
    [100, 1000],
    [100, 1000],
    [21, 1000],
  ])
})

test('a group whose owner has left is known as such, and its owner goes on being asked about', async () => {
  const { members } = groupSeed()
  members.push({ id: 'ZhouMin', joinedAt: '2026-02-02T12:00:00+08:00', joinScene: 1 })
  await using story = await startGroupStory({ groups: [groupSeed({ owner: 'ZhouMin', members })] })
  await mirrorGroup('wrOld', story.server.deps)
  await (await story.simulator.leaveCorp({ userId: 'ZhouMin' })).delivered
  await story.settled()
  expect(await listGroupOwners(story.db)).toEqual(['ZhouMin'])
  await list(story, await listGroupOwners(story.db))
  const group = await story.db.selectFrom('customerGroup').select(['status', 'endedAt']).executeTakeFirstOrThrow()
  expect(group).toEqual({ status: 1, endedAt: null })
})

test('what no list names any more has ended: dissolved, or missing; what can still be read has not', async () => {
  await using story = await startGroupStory({ groups: seeds(4) })
  const { simulator, server, db } = story
  for (const chatId of await list(story, ['LinXiao'])) await mirrorGroup(chatId, server.deps)
  simulator.setDelivery({ drop: 1 })
  await simulator.dismissGroup({ chatId: 'wr0' })
  const outOfSight = simulator.world.groups.get('wr1')
  simulator.world.groups.delete('wr1')
  const since = new Date()
  // wr2 is listed; wr3 is not, because its owner was not asked about, but can be read.
  await db.updateTable('customerGroup').set({ listedAt: since }).where('chatId', '=', 'wr2').execute()
  expect(await endMissingGroups(server.deps, since)).toBe(2)
  const ended = await db.selectFrom('customerGroup').select(['chatId', 'endedHow']).orderBy('chatId').execute()
  expect(ended).toEqual([
    { chatId: 'wr0', endedHow: 'dismissed' },
    { chatId: 'wr1', endedHow: 'missing' },
    { chatId: 'wr2', endedHow: null },
    { chatId: 'wr3', endedHow: null },
  ])

  // Back in sight, it goes on as if it had never been away.
  if (outOfSight) simulator.world.groups.set('wr1', outOfSight)
  expect(await list(story, ['LinXiao'])).toContain('wr1')
  await mirrorGroup('wr1', server.deps)
  expect(await story.held('wr1')).toEqual(story.truth('wr1'))
  expect((await story.history('wr1')).map(({ how }) => how)).toEqual([null, null, null])
})

test('while WeCom is silent nothing ends', async () => {
  await using story = await startGroupStory({ groups: seeds(1) })
  const { simulator, server } = story
  await mirrorGroup('wr0', server.deps)
  simulator.failNext('externalcontact/groupchat/get', -1, 3)
  await expect(endMissingGroups(server.deps, new Date())).rejects.toThrow()
  expect(await story.held('wr0')).toEqual(story.truth('wr0'))
})

test('the second reading of an unchanged group of 500 writes no member', async () => {
  const crowd = Array.from({ length: 499 }, (_, index) => ({
    externalUserId: `wmCrowd${index}`,
    name: `群友${index}`,
    gender: 0 as const,
  }))
  const members = [
    { id: 'LinXiao', joinedAt: '2026-01-05T10:00:00+08:00', joinScene: 1 as const },
    ...crowd.map(({ externalUserId }) => ({
      id: externalUserId,
      joinedAt: '2026-02-01T12:00:00+08:00',
      joinScene: 3 as const,
    })),
  ]
  await using story = await startGroupStory({ customers: crowd, groups: [groupSeed({ members })] })
  const { server } = story
  expect(await mirrorGroup('wrOld', server.deps)).toMatchObject({ isNew: true, joined: 500, left: 0, certain: true })
  const writes = async () => {
    const { rows } = await server.deps.pool.query<{ xmin: string }>(
      'select distinct xmin::text from group_membership order by 1',
    )
    return rows
  }
  const written = await writes()
  expect(await mirrorGroup('wrOld', server.deps)).toMatchObject({
    isNew: false,
    groupChanged: false,
    joined: 0,
    left: 0,
    changed: 0,
  })
  expect(await writes()).toEqual(written)
})
