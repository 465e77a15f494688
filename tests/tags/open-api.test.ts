import { mirrorTags } from '@zhanggui/server/tags/mirror-tags.ts'
import { expect, test } from 'vitest'
import { listTagGroups, palette, putTagGroups, signInTo, startTagStory, tagWorld } from './tag-story.ts'

const sizes = { groupId: 'size', name: '尺寸', order: 9, tags: [{ name: '戒圈 12', order: 2 }, { name: '戒圈 14' }] }

test('groups and tags are made in WeCom once; the same records again change nothing there or here', async () => {
  await using story = await startTagStory()
  const { simulator } = story
  expect(await putTagGroups(story, [sizes])).toEqual({ accepted: 1, unchanged: 0, rejected: [] })
  const [group] = await listTagGroups(story)
  expect(group).toMatchObject({
    groupId: 'size',
    name: '尺寸',
    order: 9,
    ours: true,
    tags: [
      { name: '戒圈 12', order: 2, ours: true },
      { name: '戒圈 14', order: 0, ours: true },
    ],
  })
  expect(simulator.world.tagGroups.get(group.wecomGroupId)?.name).toBe('尺寸')
  expect((await palette(await signInTo(story, 'LinXiao'), '?q=jq%2012')).tags).toMatchObject([{ name: '戒圈 12' }])

  const calls = simulator.calls.all.length
  expect(await putTagGroups(story, [sizes])).toEqual({ accepted: 0, unchanged: 1, rejected: [] })
  expect(simulator.calls.all.length).toBe(calls)
})

test('our own are renamed, sorted and added to; what a record leaves out stays', async () => {
  await using story = await startTagStory()
  await putTagGroups(story, [sizes])
  const changed = {
    groupId: 'size',
    name: '戒圈',
    order: 1,
    tags: [{ name: '戒圈 14', order: 5 }, { name: '戒圈 16' }],
  }
  expect(await putTagGroups(story, [changed])).toMatchObject({ accepted: 1, rejected: [] })
  const group = (await listTagGroups(story)).find(({ groupId }: { groupId: string }) => groupId === 'size')
  expect(group).toMatchObject({
    name: '戒圈',
    order: 1,
    tags: [{ name: '戒圈 14' }, { name: '戒圈 12' }, { name: '戒圈 16' }],
  })
  expect(await mirrorTags(story.server.deps)).toMatchObject({ changedTags: 0, changedGroups: 0, newTags: 0 })
  const by = await signInTo(story, 'LinXiao')
  expect((await palette(by, '?q=尺寸')).tags).toEqual([])
  expect((await palette(by, `?q=${encodeURIComponent('戒圈')}`)).tags).toHaveLength(3)
})

test('somebody else’s group takes our tags, and is not changed by us', async () => {
  await using story = await startTagStory()
  const known = { name: '风格', tags: [{ name: '喜欢银色' }] }
  expect(await putTagGroups(story, [known])).toEqual({ accepted: 0, unchanged: 1, rejected: [] })
  expect(await putTagGroups(story, [{ name: '风格', tags: [{ name: '简约' }] }])).toMatchObject({ accepted: 1 })
  const [style] = (await listTagGroups(story)).filter(({ name }: { name: string }) => name === '风格')
  expect(style).toMatchObject({ groupId: 'etStyle', ours: false })
  expect(style.tags.find(({ name }: { name: string }) => name === '简约')).toMatchObject({ ours: true })

  const answer = await putTagGroups(story, [
    { groupId: 'etStyle', name: '款式', tags: [{ name: '复古' }] },
    { name: '来源', order: 7, tags: [] },
    { name: '来源', tags: [{ name: '门店扫码', order: 3 }] },
    sizes,
  ])
  expect(answer).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 0, id: 'etStyle', code: 'tag_not_ours' },
      { index: 1, id: '来源', code: 'tag_not_ours' },
      { index: 2, id: '来源', code: 'tag_not_ours' },
    ],
  })
  expect(story.simulator.world.tagGroups.get('etStyle')?.name).toBe('风格')
  expect([...story.simulator.world.tags.values()].some(({ name }) => name === '复古')).toBe(false)
})

test('a name WeCom has already, though our list does not, is that one', async () => {
  await using story = await startTagStory()
  await mirrorTags(story.server.deps)
  story.simulator.setDelivery({ drop: 1 })
  const { groupId } = await story.simulator.createTagGroup({ name: '尺寸', tags: ['戒圈 12'] })
  expect(await putTagGroups(story, [{ name: '尺寸', tags: [{ name: '戒圈 12' }, { name: '戒圈 14' }] }])).toMatchObject(
    {
      accepted: 1,
      rejected: [],
    },
  )
  expect(story.simulator.calls.count('externalcontact/add_corp_tag', 40071)).toBe(1)
  const sized = (await listTagGroups(story)).filter(({ name }: { name: string }) => name === '尺寸')
  expect(sized).toMatchObject([{ groupId, tags: [{ name: '戒圈 12' }, { name: '戒圈 14' }] }])
})

test('killed between WeCom’s yes and our row, the next try finds the group and may go on to change it', async () => {
  await using story = await startTagStory()
  const { deps } = story.server
  await mirrorTags(deps)
  await deps.wecom.call('externalcontact/add_corp_tag', { group_name: '尺寸', tag: [{ name: '戒圈 12' }] })
  expect(await putTagGroups(story, [sizes])).toMatchObject({ accepted: 1, rejected: [] })
  expect([...story.simulator.world.tagGroups.values()].filter(({ name }) => name === '尺寸')).toHaveLength(1)
  const [group] = await listTagGroups(story)
  expect(group).toMatchObject({ groupId: 'size', order: 9, ours: true, tags: [{ name: '戒圈 12', order: 2 }, {}] })
})

test('two senders at once make one group', async () => {
  await using story = await startTagStory()
  await mirrorTags(story.server.deps)
  story.simulator.setLatency([20, 40])
  const answers = await Promise.all([putTagGroups(story, [sizes]), putTagGroups(story, [sizes])])
  expect(answers.map(({ rejected }) => rejected)).toEqual([[], []])
  expect([...story.simulator.world.tagGroups.values()].filter(({ name }) => name === '尺寸')).toHaveLength(1)
  expect([...story.simulator.world.tags.values()].filter(({ name }) => name.startsWith('戒圈'))).toHaveLength(2)
})

test('a bad record is refused with its reason and spoils nobody else’s', async () => {
  await using story = await startTagStory()
  const long = '长'.repeat(31)
  const answer = await putTagGroups(story, [
    { name: long, tags: [{ name: '甲' }] },
    { name: '甲', tags: [{ name: '  ' }] },
    { name: '人群', tags: [{ name: '怀孕三个月' }] },
    { name: '宗教信仰', tags: [{ name: '甲' }] },
    { name: '空的', tags: [] },
    { name: '乙', tags: [{ name: '甲' }], colour: 'red' },
    { tags: [] },
    { name: '风格', groupId: 'mine', tags: [{ name: '民族风' }] },
    { name: '长'.repeat(30), tags: [{ name: '👗'.repeat(30) }] },
  ])
  expect(answer.accepted).toBe(2)
  expect(answer.rejected.map(({ code }: { code: string }) => code)).toEqual([
    'invalid_field',
    'invalid_field',
    'tag_name_sensitive',
    'tag_name_sensitive',
    'tag_group_empty',
    'unknown_field',
    'missing_field',
  ])
})

test('a full corp, and a WeCom that does not answer, are said record by record', async () => {
  await using story = await startTagStory(tagWorld)
  await mirrorTags(story.server.deps)
  story.simulator.setLimits({ corpTags: 5 })
  expect((await putTagGroups(story, [sizes])).rejected).toMatchObject([{ id: 'size', code: 'tag_limit_reached' }])
  story.simulator.setCustomerContact(false)
  expect((await putTagGroups(story, [{ ...sizes, tags: [{ name: '甲' }] }])).rejected).toMatchObject([
    { id: 'size', code: 'wecom_failed' },
  ])
})
