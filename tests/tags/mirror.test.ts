import { keepTagList } from '@zhanggui/server/tags/mirror-tags.repository.ts'
import { mirrorTags } from '@zhanggui/server/tags/mirror-tags.ts'
import { mirrorUnknownTags } from '@zhanggui/server/tags/mirror-unknown-tags.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import fc from '../support/properties.ts'
import type { Story } from '../support/server.ts'
import { cardTags, endPause, namesOf, PAIR, palette, signInTo, startTagStory, tagWorld } from './tag-story.ts'

async function listed(story: Story): Promise<Record<string, string[]>> {
  const { tags } = await palette(await signInTo(story, 'LinXiao'))
  const groups: Record<string, string[]> = {}
  for (const { group, name } of tags) groups[group] = [...(groups[group] ?? []), name]
  return groups
}

test('the whole list is kept in order, and a second reading finds nothing new', async () => {
  await using story = await startTagStory()
  const { deps } = story.server
  expect(await mirrorTags(deps)).toMatchObject({ newGroups: 2, newTags: 4, deletedTags: 0 })
  expect(await listed(story)).toEqual({ 风格: ['喜欢银色', '喜欢金色', '喜欢珍珠'], 来源: ['门店扫码'] })
  expect(await mirrorTags(deps)).toEqual({
    newGroups: 0,
    changedGroups: 0,
    deletedGroups: 0,
    newTags: 0,
    changedTags: 0,
    deletedTags: 0,
  })
})

test('tags and groups made, renamed, sorted and deleted in WeCom follow', async () => {
  await using story = await startTagStory()
  const { simulator } = story
  await mirrorTags(story.server.deps)
  const { groupId, delivered } = await simulator.createTagGroup({ name: '尺寸', tags: ['戒圈 12'] })
  await delivered
  await (await simulator.createTag({ groupId, name: '戒圈 14' })).delivered
  await (await simulator.renameTag({ id: 'etGold', name: '偏爱金色' })).delivered
  await (await simulator.shuffleTags({ groupId: 'etStyle', order: ['etPearl', 'etSilver', 'etGold'] })).delivered
  await story.settled()
  expect(await listed(story)).toEqual({
    风格: ['喜欢珍珠', '喜欢银色', '偏爱金色'],
    来源: ['门店扫码'],
    尺寸: ['戒圈 12', '戒圈 14'],
  })
  await (await simulator.shuffleTags({ order: [groupId, 'etFrom', 'etStyle'] })).delivered
  await (await simulator.deleteTag({ id: 'etStyle' })).delivered
  await story.settled()
  expect(Object.keys(await listed(story))).toEqual(['尺寸', '来源'])
  expect(await mirrorTags(story.server.deps)).toMatchObject({ deletedTags: 0, changedTags: 0, changedGroups: 0 })
})

test('a deleted group takes its tags off the card without an event about each', async () => {
  await using story = await startTagStory()
  const by = await signInTo(story, 'LinXiao')
  await (await story.simulator.editTags({ ...PAIR, add: ['etSilver', 'etShop'] })).delivered
  await story.settled()
  await mirrorTags(story.server.deps)
  expect(namesOf(await cardTags(by))).toEqual(['喜欢银色', '门店扫码'])
  await (await story.simulator.deleteTag({ id: 'etStyle' })).delivered
  await story.settled()
  expect(namesOf(await cardTags(by))).toEqual(['门店扫码'])
})

test('a renamed tag is renamed on every card without asking about a customer', async () => {
  await using story = await startTagStory()
  const by = await signInTo(story, 'LinXiao')
  await (await story.simulator.editTags({ ...PAIR, add: ['etSilver'] })).delivered
  await story.settled()
  const asked = story.simulator.calls.count('externalcontact/get')
  await (await story.simulator.renameTag({ id: 'etSilver', name: '只戴银饰' })).delivered
  await story.settled()
  expect(namesOf(await cardTags(by))).toEqual(['只戴银饰'])
  expect(story.simulator.calls.count('externalcontact/get')).toBe(asked)
})

test('a burst of events is a handful of readings', async () => {
  await using story = await startTagStory()
  const { simulator } = story
  const names = Array.from({ length: 30 }, (_, index) => `新标签 ${index}`)
  const before = simulator.calls.count('externalcontact/get_corp_tag_list')
  const release = simulator.hold('externalcontact/get_corp_tag_list')
  const events = await Promise.all(names.map((name) => simulator.createTag({ groupId: 'etStyle', name })))
  await Promise.all(events.map(({ delivered }) => delivered))
  release()
  await story.settled()
  expect((await listed(story)).风格).toHaveLength(33)
  // As many as work at once, and those that came while they did.
  expect(simulator.calls.count('externalcontact/get_corp_tag_list') - before).toBeLessThanOrEqual(8)
})

test('a tag known by its id alone gets its name from the list; the list is not asked again for one it does not know', async () => {
  await using story = await startTagStory()
  const { deps } = story.server
  const known = { mirroredAt: null, deletedAt: null, groupId: null, groupName: null, name: null }
  await story.db
    .insertInto('tag')
    .values([
      { tagId: 'etPearl', ...known },
      { tagId: 'stRuleGroup', ...known },
    ])
    .execute()
  await mirrorUnknownTags.run({}, deps, { attempt: 1 })
  const row = await story.db.selectFrom('tag').select('name').where('tagId', '=', 'etPearl').executeTakeFirst()
  expect(row?.name).toBe('喜欢珍珠')
  const asked = story.simulator.calls.count('externalcontact/get_corp_tag_list')
  await mirrorUnknownTags.run({}, deps, { attempt: 1 })
  expect(story.simulator.calls.count('externalcontact/get_corp_tag_list')).toBe(asked)
})

test('the tag of a rule group, which stands in no list, stays on the card', async () => {
  await using story = await startTagStory()
  await story.db
    .insertInto('tag')
    .values({
      tagId: 'stVip',
      name: '专属',
      groupName: '规则组',
      groupId: null,
      mirroredAt: null,
      deletedAt: null,
    })
    .execute()
  await story.db
    .insertInto('followRelationTag')
    .values({ guideUserId: 'LinXiao', externalUserId: 'wmAnna', tagId: 'stVip' })
    .execute()
  await mirrorTags(story.server.deps)
  expect(namesOf(await cardTags(await signInTo(story, 'LinXiao')))).toEqual(['专属'])
})

test('single tags and groups can be read by id; a deleted or unknown one is understood', async () => {
  await using story = await startTagStory()
  const { simulator, server } = story
  await mirrorTags(server.deps)
  simulator.setDelivery({ drop: 1 })
  await simulator.renameTag({ id: 'etGold', name: '偏爱金色' })
  expect(await mirrorTags(server.deps, { tagIds: ['etGold'] })).toMatchObject({ changedTags: 1, newTags: 0 })
  await simulator.deleteTag({ id: 'etPearl' })
  expect(await mirrorTags(server.deps, { groupIds: ['etStyle'] })).toMatchObject({ deletedTags: 1 })
  expect(await mirrorTags(server.deps, { tagIds: ['etNobody'] })).toMatchObject({ newTags: 0, deletedTags: 0 })
  expect((await listed(story)).风格).toEqual(['喜欢银色', '偏爱金色'])
})

test('search finds a tag by name, group, pinyin and initials; what was used last comes first', async () => {
  await using story = await startTagStory()
  await mirrorTags(story.server.deps)
  const by = await signInTo(story, 'LinXiao')
  const found = async (q: string) => (await palette(by, `?q=${encodeURIComponent(q)}`)).tags.map(({ name }) => name)
  expect(await found('银')).toEqual(['喜欢银色'])
  expect(await found('XHJS')).toEqual(['喜欢金色'])
  expect(await found('zhenzhu')).toEqual(['喜欢珍珠'])
  expect(await found('laiyuan')).toEqual(['门店扫码'])
  expect(await found('风格 金')).toEqual(['喜欢金色'])
  expect(await found('100%')).toEqual([])
  await by.post('/api/customers/wmAnna/tags', { add: ['etShop'], remove: [] })
  await by.post('/api/customers/wmAnna/tags', { add: ['etPearl'], remove: [] })
  expect((await palette(by)).recent.map(({ name }) => name)).toContain('喜欢珍珠')
  expect((await palette(by, '?q=a')).recent).toEqual([])
  await endPause(story)
})

test('a guide who comes before the first reading causes it', async () => {
  await using story = await startTagStory()
  const by = await signInTo(story, 'LinXiao')
  story.simulator.failNext('externalcontact/get_corp_tag_list', 48002)
  expect((await by.get('/api/tags')).json()).toMatchObject({ code: 'wecom_failed' })
  expect((await palette(by)).tags).toHaveLength(4)
  await palette(by)
  expect(story.simulator.calls.count('externalcontact/get_corp_tag_list', 0)).toBe(1)
})

test('a long list comes in pages', async () => {
  const tags = Array.from({ length: 450 }, (_, index) => ({
    tagId: `et${index}`,
    name: `标签 ${index}`,
    order: 450 - index,
  }))
  await using story = await startTagStory({
    ...tagWorld,
    tagGroups: [{ groupId: 'etMany', name: '很多', tags }],
  })
  await mirrorTags(story.server.deps)
  const by = await signInTo(story, 'LinXiao')
  const names: string[] = []
  let cursor = ''
  do {
    const page = await palette(by, cursor && `?cursor=${cursor}`)
    names.push(...page.tags.map(({ name }) => name))
    cursor = page.nextCursor ?? ''
  } while (cursor)
  expect(names).toEqual(tags.map(({ name }) => name))
})

test('readings kept in any order end as the newest left it', async () => {
  await using server = await testApp()
  const start = 1_790_000_000_000
  /** What WeCom's list named at each second: tag ids, with a name that says when. */
  const history = fc.array(fc.subarray(['a', 'b', 'c']), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(
      history.chain((lists) =>
        fc.tuple(fc.constant(lists), fc.shuffledSubarray([...lists.keys()], { minLength: lists.length })),
      ),
      async ([lists, order]) => {
        await server.db.deleteFrom('tag').execute()
        await server.db.deleteFrom('tagGroup').execute()
        await server.db.deleteFrom('tagListReading').execute()
        for (const second of order) {
          const common = { order: 1, position: 0, isDeleted: false, ours: false }
          await keepTagList(server.db, {
            groups: [{ groupId: 'g', name: `组 ${second}`, ...common }],
            tags: (lists[second] ?? []).map((id) => ({
              tagId: id,
              groupId: 'g',
              groupName: `组 ${second}`,
              name: `${id} ${second}`,
              searchText: '',
              ...common,
            })),
            heardAt: new Date(start + second * 1000),
            isWhole: true,
          })
        }
        const last = lists.length - 1
        const live = await server.db
          .selectFrom('tag')
          .select('name')
          .where('deletedAt', 'is', null)
          .orderBy('name')
          .execute()
        expect(live.map(({ name }) => name)).toEqual((lists[last] ?? []).map((id) => `${id} ${last}`).sort())
      },
    ),
    { numRuns: 60 },
  )
})
