import { markTags } from '@zhanggui/server/tags/mark-tags.ts'
import { mirrorTags } from '@zhanggui/server/tags/mirror-tags.ts'
import { writeTags } from '@zhanggui/server/tags/write-tags.ts'
import { expect, test } from 'vitest'
import type { Story } from '../support/server.ts'
import { until } from '../support/until.ts'
import { cardTags, endPause, marks, namesOf, PAIR, putRecords, signInTo, startTagStory, tap } from './tag-story.ts'

async function withTags() {
  const story = await startTagStory()
  await mirrorTags(story.server.deps)
  return { story, by: await signInTo(story, 'LinXiao') }
}

function inWecom({ simulator }: Story): string[] {
  const relation = simulator.world.followers.get('wmAnna')?.get('LinXiao')
  return [...(relation?.tagIds ?? [])].sort()
}

async function waiting({ server }: Story): Promise<number> {
  const { rows } = await server.deps.pool.query<{ waits: number }>(
    `select count(*)::int as waits from graphile_worker.jobs where task_identifier = 'write_tags' and run_at > now()`,
  )
  return rows[0]?.waits ?? 0
}

test('several taps go to WeCom in one call, five seconds after the last, and are on the card from the first', async () => {
  const { story, by } = await withTags()
  await using _ = story
  expect(await tap(by, { add: ['etSilver'] })).toMatchObject({
    tags: [{ tagId: 'etSilver', name: '喜欢银色', group: '风格', source: 'wecom', mine: true }],
    pending: true,
    refusals: [],
  })
  await tap(by, { add: ['etShop'] })
  const before = Date.now()
  await tap(by, { add: ['etGold'], remove: ['etSilver'] })
  const after = Date.now()
  expect(namesOf(await cardTags(by))).toEqual(['喜欢金色', '门店扫码'])
  await story.settled()
  expect(marks(story)).toEqual([])
  const { rows } = await story.server.deps.pool.query<{ run_at: Date }>(
    `select run_at from graphile_worker.jobs where task_identifier = 'write_tags'`,
  )
  expect(rows).toHaveLength(1)
  const dueAt = rows[0]?.run_at.getTime() ?? 0
  expect(dueAt).toBeGreaterThan(before + 4_000)
  expect(dueAt).toBeLessThan(after + 6_000)

  await endPause(story)
  expect(marks(story).map(({ body }) => body)).toEqual([
    { userid: 'LinXiao', external_userid: 'wmAnna', add_tag: ['etGold', 'etShop'] },
  ])
  expect(inWecom(story)).toEqual(['etGold', 'etShop'])
  expect(await cardTags(by)).toMatchObject({ pending: false, refusals: [] })
  const card = (await by.get('/api/customers/wmAnna')).json()
  expect(namesOf(card)).toEqual(['喜欢金色', '门店扫码'])
  expect(card.tagging).toBeUndefined()
})

test('what is taken back within the pause never reaches WeCom', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver', 'etGold'] })
  await tap(by, { remove: ['etSilver', 'etGold'] })
  expect((await cardTags(by)).tags).toEqual([])
  await endPause(story)
  expect(marks(story)).toEqual([])
  expect(await cardTags(by)).toEqual({ tags: [], pending: false, refusals: [] })
})

test('a tap while WeCom is being told of the last is told after it', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver'] })
  const release = story.simulator.hold('externalcontact/mark_tag')
  const written = endPause(story)
  await until(async () => marksUnderWay(story))
  await tap(by, { remove: ['etSilver'], add: ['etGold'] })
  expect(namesOf(await cardTags(by))).toEqual(['喜欢金色'])
  release()
  await written
  expect(namesOf(await cardTags(by))).toEqual(['喜欢金色'])
  await endPause(story)
  expect(inWecom(story)).toEqual(['etGold'])
  expect(await cardTags(by)).toMatchObject({ pending: false, tags: [{ name: '喜欢金色' }] })
})

async function marksUnderWay({ server }: Story): Promise<boolean> {
  const { rows } = await server.deps.pool.query<{ held: boolean }>(
    `select exists (select from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks
       on tasks.id = jobs.task_id where tasks.identifier = 'write_tags' and locked_at is not null) as held`,
  )
  return rows[0]?.held ?? false
}

test('many writers of one pair at once never meet in WeCom', async () => {
  const { story, by } = await withTags()
  await using _ = story
  const { deps } = story.server
  const pair = { guideUserId: 'LinXiao', externalUserId: 'wmAnna' }
  story.simulator.setLatency([20, 40])
  await Promise.all(
    ['etSilver', 'etGold', 'etPearl', 'etShop'].map((tagId) => markTags(deps, pair, { add: [tagId], remove: [] })),
  )
  expect(marks(story).map(({ errcode }) => errcode)).toEqual([0, 0, 0, 0])
  expect(namesOf(await cardTags(by))).toEqual(['喜欢银色', '喜欢金色', '喜欢珍珠', '门店扫码'])
  expect(inWecom(story)).toHaveLength(4)
})

test.for([
  [40144, '这位顾客的标签满了,先去掉几个'],
  [84061, '你和 TA 已经不是好友了'],
  [48002, '应用还没有客户联系权限,请管理员开通'],
  [60011, '你还不能用客户联系,请管理员把你加进使用范围'],
] as const)('refused with %i, the tap is rolled back and the guide told why', async ([errcode, reason]) => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver'] })
  story.simulator.failNext('externalcontact/mark_tag', errcode)
  await endPause(story)
  const told = { tags: [], pending: false, refusals: [{ tagId: 'etSilver', name: '喜欢银色', wanted: true, reason }] }
  expect(await cardTags(by)).toEqual(told)
  expect((await by.get('/api/customers/wmAnna')).json().tagging).toEqual({ pending: false, refusals: told.refusals })

  // To agree is to want what there is; to try again is to tap again.
  await tap(by, { remove: ['etSilver'] })
  await endPause(story)
  expect(await cardTags(by)).toEqual({ tags: [], pending: false, refusals: [] })
  await tap(by, { add: ['etSilver'] })
  await endPause(story)
  expect(namesOf(await cardTags(by))).toEqual(['喜欢银色'])
})

test('what needs an admin is told to the guide and kept for the admin', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver'] })
  story.simulator.failNext('externalcontact/mark_tag', 48002)
  await endPause(story)
  const failed = await story.db
    .selectFrom('failedJob')
    .select(['task', 'outcome', 'errcode'])
    .where('task', '=', 'write_tags')
    .execute()
  expect(failed).toEqual([{ task: 'write_tags', outcome: 'alert', errcode: 48002 }])
})

test('too many tags: what is taken off is taken off all the same', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etShop'] })
  await endPause(story)
  await tap(by, { add: ['etSilver', 'etGold'], remove: ['etShop'] })
  story.simulator.failNext('externalcontact/mark_tag', 40144)
  await endPause(story)
  expect(inWecom(story)).toEqual([])
  const { tags, refusals } = await cardTags(by)
  expect(tags).toEqual([])
  expect(refusals.map(({ name }) => name).sort()).toEqual(['喜欢金色', '喜欢银色'])
})

test('one tag deleted in WeCom meanwhile: only that one is refused', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver', 'etGold'] })
  story.simulator.setDelivery({ drop: 1 })
  await story.simulator.deleteTag({ id: 'etGold' })
  await endPause(story)
  expect(await cardTags(by)).toMatchObject({
    tags: [{ name: '喜欢银色' }],
    pending: false,
    refusals: [{ name: '喜欢金色', reason: '这个标签已经被删掉了' }],
  })
  expect((await by.post('/api/customers/wmAnna/tags', { add: ['etGold'], remove: [] })).json()).toMatchObject({
    code: 'tag_unknown',
  })
})

test('WeCom busy: the tap waits and is done later; busy for too long, it is given back', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await tap(by, { add: ['etSilver'] })
  story.simulator.refuse('externalcontact/mark_tag', 45035)
  await endPause(story)
  expect(await cardTags(by)).toMatchObject({ pending: true, tags: [{ name: '喜欢银色' }] })
  story.simulator.refuse('externalcontact/mark_tag', 0)
  await endPause(story)
  expect(inWecom(story)).toEqual(['etSilver'])

  await tap(by, { add: ['etGold'] })
  const longAgo = new Date(Date.now() - 11 * 60_000)
  await story.db.updateTable('tagWrite').set({ askedAt: longAgo }).execute()
  story.simulator.failNext('externalcontact/mark_tag', 45035)
  await endPause(story)
  expect(await cardTags(by)).toMatchObject({
    pending: false,
    refusals: [{ name: '喜欢金色', reason: '别处也在改这位顾客的标签,再试一次' }],
  })
})

test('killed between WeCom’s yes and our row, the write is done again and nothing is lost', async () => {
  const { story, by } = await withTags()
  await using _ = story
  const { deps } = story.server
  await tap(by, { add: ['etSilver'] })
  // As a crash would: WeCom has said yes, and what came of it here was never committed.
  await deps.wecom.call('externalcontact/mark_tag', {
    userid: 'LinXiao',
    external_userid: 'wmAnna',
    add_tag: ['etSilver'],
  })
  await writeTags.run({ guideUserId: 'LinXiao', externalUserId: 'wmAnna' }, deps, {
    attempt: 1,
    stopping: new AbortController().signal,
  })
  expect(inWecom(story)).toEqual(['etSilver'])
  expect(await cardTags(by)).toMatchObject({ tags: [{ name: '喜欢银色' }], pending: false, refusals: [] })
})

test('an answer asked for before our write does not undo it, and what else it told is read again', async () => {
  const { story, by } = await withTags()
  await using _ = story
  const { simulator } = story
  const release = simulator.hold('externalcontact/get')
  await (await simulator.editRemark({ ...PAIR, remark: '王姐' })).delivered
  await tap(by, { add: ['etSilver'] })
  await story.server.deps.pool.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at := now()) from graphile_worker.jobs
     where task_identifier = 'write_tags'`,
  )
  await until(async () => !(await cardTags(by)).pending)
  release()
  await story.settled()
  expect(namesOf(await cardTags(by))).toEqual(['喜欢银色'])
  await endPause(story, 'reread_customer')
  const { relation, tags } = (await by.get('/api/customers/wmAnna')).json()
  expect(relation.remark).toBe('王姐')
  expect(tags).toHaveLength(1)
})

test('a colleague’s tags are shown, and only one’s own can be changed', async () => {
  const { story, by } = await withTags()
  await using _ = story
  await (await story.simulator.addFriend({ guide: 'ZhouMin', customer: 'wmAnna' })).delivered
  await (await story.simulator.editTags({ guide: 'ZhouMin', customer: 'wmAnna', add: ['etGold'] })).delivered
  await story.settled()
  expect((await cardTags(by)).tags).toEqual([{ tagId: 'etGold', name: '喜欢金色', group: '风格', source: 'wecom' }])
  await tap(by, { remove: ['etGold'], add: ['etSilver'] })
  await endPause(story)
  expect(story.simulator.world.followers.get('wmAnna')?.get('ZhouMin')?.tagIds).toEqual(['etGold'])
  expect(inWecom(story)).toEqual(['etSilver'])
})

test('who is not a friend cannot tag; who may not see the customer learns nothing', async () => {
  const { story, by } = await withTags()
  await using _ = story
  const stranger = await signInTo(story, 'ZhouMin')
  const taps = { add: ['etSilver'], remove: [] }
  expect((await stranger.post('/api/customers/wmAnna/tags', taps)).statusCode).toBe(404)
  await putRecords(story, 'stores', [{ storeId: 'wxc', name: '万象城' }])
  await putRecords(story, 'guides', [
    { userId: 'LinXiao', storeId: 'wxc' },
    { userId: 'ZhouMin', storeId: 'wxc', role: 'manager' },
  ])
  const manager = await signInTo(story, 'ZhouMin')
  expect((await manager.post('/api/customers/wmAnna/tags', taps)).json()).toMatchObject({ code: 'not_a_friend' })
  expect((await by.post('/api/customers/wmAnna/tags', { add: ['etSilver'], remove: ['etSilver'] })).statusCode).toBe(
    400,
  )
  expect((await by.post('/api/customers/wmAnna/tags', { add: ['nonsense'], remove: [] })).statusCode).toBe(404)
  expect(await waiting(story)).toBe(0)
})
