import { mirrorGroup } from '@zhanggui/server/groups/mirror-group.ts'
import { expect, test } from 'vitest'
import { jobsSettled } from '../support/server.ts'
import { GET, type GroupStory, groupSeed, startGroupStory } from './group-story.ts'

async function withOldGroup(): Promise<GroupStory> {
  const story = await startGroupStory({ groups: [groupSeed()] })
  await mirrorGroup('wrOld', story.server.deps)
  return story
}

test('a new group is read two seconds after it was heard of, with who came how and by whom', async () => {
  await using story = await startGroupStory()
  const { simulator, db } = story
  const before = Date.now()
  const { chatId, delivered } = await simulator.createGroup({
    owner: 'LinXiao',
    name: '新群',
    notice: '欢迎',
    members: ['ZhouMin', 'wm0'],
  })
  await delivered
  await story.quiet()
  expect(await story.held(chatId)).toEqual(story.truth(chatId))
  expect(story.reads()).toBe(1)
  expect((simulator.calls.of(GET)[0]?.startedAt.getTime() ?? 0) > 0).toBe(true)
  expect(Date.now() - before).toBeGreaterThanOrEqual(2_000)
  const stay = await db
    .selectFrom('groupMembership')
    .selectAll()
    .where('memberId', '=', 'wm0')
    .executeTakeFirstOrThrow()
  expect(stay).toMatchObject({
    kind: 'customer',
    joinScene: 'direct',
    invitedBy: 'LinXiao',
    name: '顾客0',
    unionId: 'union0',
    isExact: true,
  })
})

test('a coming and a going that fit the version held are applied without asking WeCom', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  const asked = story.reads()
  for (const happening of [
    () => simulator.joinGroup({ chatId: 'wrOld', members: ['wm2', 'wm3'], scene: 3 }),
    () => simulator.joinGroup({ chatId: 'wrOld', members: ['wm4', 'ZhouMin'], scene: 0 }),
    () => simulator.leaveGroup({ chatId: 'wrOld', members: ['wm3'] }),
    () => simulator.leaveGroup({ chatId: 'wrOld', members: ['wm0'], removed: true }),
  ]) {
    await (await happening()).delivered
    await story.settled()
  }
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  expect(story.reads()).toBe(asked)
  expect(await story.history('wrOld')).toEqual([
    { memberId: 'LinXiao', scene: 'direct', how: null },
    { memberId: 'ZhouMin', scene: 'invited', how: null },
    { memberId: 'wm0', scene: 'qr', how: 'removed' },
    { memberId: 'wm1', scene: 'link', how: null },
    { memberId: 'wm2', scene: 'qr', how: null },
    { memberId: 'wm3', scene: 'qr', how: 'left' },
    { memberId: 'wm4', scene: 'invited', how: null },
  ])
})

test('names and inviters of newcomers follow within a minute, in one reading for all of them', async () => {
  await using story = await withOldGroup()
  const { simulator, db, server } = story
  const planned = async () => {
    const { rows } = await server.deps.pool.query(
      `select run_at from graphile_worker.jobs where task_identifier = 'complete_group'`,
    )
    return rows
  }
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['wm2'], scene: 0, byLink: true })).delivered
  await story.settled()
  const [first] = await planned()
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['wm3'], scene: 3 })).delivered
  await story.settled()
  expect(await planned()).toEqual([first])

  const asked = story.reads()
  await server.deps.pool.query(
    `update graphile_worker._private_jobs set run_at = now() where key = 'complete_group wrOld'`,
  )
  await story.settled()
  expect(story.reads()).toBe(asked + 1)
  expect(await planned()).toEqual([])
  const stays = await db
    .selectFrom('groupMembership')
    .select(['memberId', 'joinScene', 'invitedBy', 'name', 'isExact'])
    .where('memberId', 'in', ['wm2', 'wm3'])
    .orderBy('memberId')
    .execute()
  expect(stays).toEqual([
    { memberId: 'wm2', joinScene: 'link', invitedBy: 'LinXiao', name: '顾客2', isExact: true },
    { memberId: 'wm3', joinScene: 'qr', invitedBy: null, name: '顾客3', isExact: true },
  ])
})

test.for([
  ['name', { name: '会员日通知群' }],
  ['notice', { notice: '改到周四' }],
  ['owner', { owner: 'ZhouMin' }],
] as const)('a new %s is read', async ([, changed]) => {
  const seed = groupSeed()
  seed.members.push({ id: 'ZhouMin', joinedAt: '2026-02-02T12:00:00+08:00', joinScene: 1 })
  await using story = await startGroupStory({ groups: [seed] })
  const { simulator } = story
  await mirrorGroup('wrOld', story.server.deps)
  const happened =
    'name' in changed
      ? simulator.renameGroup({ chatId: 'wrOld', ...changed })
      : 'notice' in changed
        ? simulator.changeNotice({ chatId: 'wrOld', ...changed })
        : simulator.changeOwner({ chatId: 'wrOld', ...changed })
  await (await happened).delivered
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  expect(await story.held('wrOld')).toMatchObject(changed)
})

test('a burst of news about one group is one reading, two where working it takes long', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  const asked = story.reads()
  const happened = []
  const begun = Date.now()
  for (let round = 0; round < 12; round += 1) {
    happened.push(await simulator.renameGroup({ chatId: 'wrOld', name: `群名 ${round}` }))
    happened.push(await simulator.changeNotice({ chatId: 'wrOld', notice: `公告 ${round}` }))
  }
  await Promise.all(happened.map(({ delivered }) => delivered))
  // A reading follows two seconds after the first news it answers: a burst that itself took longer needs more.
  const more = Math.floor((Date.now() - begun) / 2_000)
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  expect(happened).toHaveLength(24)
  expect(story.reads() - asked).toBeLessThanOrEqual(2 + more)
})

test('after a lost callback the next one leads to a reading, and who left unseen is found missing', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm1'] })
  await simulator.joinGroup({ chatId: 'wrOld', members: ['wm5'], scene: 3 })
  simulator.setDelivery(undefined)
  await (await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm0'], removed: true })).delivered
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  expect(await story.history('wrOld')).toEqual([
    { memberId: 'LinXiao', scene: 'direct', how: null },
    { memberId: 'wm0', scene: 'qr', how: 'removed' },
    { memberId: 'wm1', scene: 'link', how: 'missing' },
    { memberId: 'wm5', scene: 'qr', how: null },
  ])
})

test('a callback that comes long after its turn still explains how somebody left, and who was there meanwhile', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  simulator.setDelivery({ reorder: true, drop: 0, seed: 3 })
  // Held back: nothing is released before the flush, as long as the line's coin says so; the reading comes first.
  const late = [
    await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm1'], removed: true }),
    await simulator.joinGroup({ chatId: 'wrOld', members: ['wm6'], scene: 3 }),
    await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm6'] }),
  ]
  await mirrorGroup('wrOld', story.server.deps)
  await simulator.flush()
  simulator.setDelivery(undefined)
  await Promise.all(late.map(({ delivered }) => delivered))
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  expect(await story.history('wrOld')).toEqual([
    { memberId: 'LinXiao', scene: 'direct', how: null },
    { memberId: 'wm0', scene: 'qr', how: null },
    { memberId: 'wm1', scene: 'link', how: 'removed' },
    { memberId: 'wm6', scene: 'qr', how: 'left' },
  ])
})

test('a change list shorter than it says is not applied but read', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  const before = simulator.world.groups.get('wrOld')?.version ?? ''
  simulator.setDelivery({ drop: 1 })
  await simulator.joinGroup({ chatId: 'wrOld', members: ['wm2', 'wm3'], scene: 3 })
  simulator.setDelivery(undefined)
  const after = simulator.world.groups.get('wrOld')?.version ?? ''
  await simulator.sendEvent({
    Event: 'change_external_chat',
    ChangeType: 'update',
    ChatId: 'wrOld',
    UpdateDetail: 'add_member',
    JoinScene: 3,
    QuitScene: 0,
    MemChangeCnt: 2,
    MemChangeList: { Item: ['wm2'] },
    LastMemVer: before,
    CurMemVer: after,
  })
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
})

test('a dissolved group ends, and everybody’s stay with it', async () => {
  await using story = await withOldGroup()
  await (await story.simulator.dismissGroup({ chatId: 'wrOld' })).delivered
  await story.quiet()
  expect(await story.held('wrOld')).toBe('dismissed')
  expect((await story.history('wrOld')).map(({ how }) => how)).toEqual(['dismissed', 'dismissed', 'dismissed'])
})

test('a dissolution whose callback was lost is found at the next reading (49008)', async () => {
  await using story = await withOldGroup()
  story.simulator.setDelivery({ drop: 1 })
  await story.simulator.dismissGroup({ chatId: 'wrOld' })
  story.simulator.setDelivery(undefined)
  expect(await mirrorGroup('wrOld', story.server.deps)).toMatchObject({ ended: true, left: 3 })
  expect(await story.held('wrOld')).toBe('dismissed')
})

test('answers that lag behind their callbacks never overwrite what is newer', async () => {
  const asLongAsItTakes = 600_000
  await using story = await startGroupStory({ groups: [groupSeed()] }, { groupLagMs: asLongAsItTakes })
  const { simulator, server } = story
  await mirrorGroup('wrOld', server.deps)
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['wm2'], scene: 3 })).delivered
  await jobsSettled(server.deps.pool)
  const joined = await story.held('wrOld')
  // WeCom still tells of the group as it was.
  expect(await mirrorGroup('wrOld', server.deps)).toMatchObject({ certain: false, left: 0 })
  expect(await story.held('wrOld')).toEqual(joined)
  simulator.setGroupLag(3_000)
  await (await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm1'] })).delivered
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
  // A name has no version: an answer that shows nothing new is asked for again.
  await (await simulator.renameGroup({ chatId: 'wrOld', name: '新名' })).delivered
  await story.quiet()
  expect(await story.held('wrOld')).toEqual(story.truth('wrOld'))
})

test('a customer who came back is one person with two stays', async () => {
  await using story = await withOldGroup()
  const { simulator } = story
  await (await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm0'] })).delivered
  await story.settled()
  story.pass(60)
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['wm0'], scene: 0 })).delivered
  await story.settled()
  await mirrorGroup('wrOld', story.server.deps)
  expect((await story.history('wrOld')).filter(({ memberId }) => memberId === 'wm0')).toEqual([
    { memberId: 'wm0', scene: 'qr', how: 'left' },
    { memberId: 'wm0', scene: 'direct', how: null },
  ])
  // The same again, unheard.
  simulator.setDelivery({ drop: 1 })
  await simulator.leaveGroup({ chatId: 'wrOld', members: ['wm0'] })
  story.pass(60)
  await simulator.joinGroup({ chatId: 'wrOld', members: ['wm0'], scene: 3 })
  await mirrorGroup('wrOld', story.server.deps)
  await story.quiet()
  expect((await story.history('wrOld')).filter(({ memberId }) => memberId === 'wm0')).toEqual([
    { memberId: 'wm0', scene: 'qr', how: 'left' },
    { memberId: 'wm0', scene: 'direct', how: 'missing' },
    { memberId: 'wm0', scene: 'qr', how: null },
  ])
})
