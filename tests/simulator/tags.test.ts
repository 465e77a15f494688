import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator } from './make-simulator.ts'

const ADD = 'externalcontact/add_corp_tag'
const LIST = 'externalcontact/get_corp_tag_list'
const EDIT = 'externalcontact/edit_corp_tag'
const DELETE = 'externalcontact/del_corp_tag'
const MARK = 'externalcontact/mark_tag'

function ids(answer: Record<string, unknown>): { group: string; tags: string[] } {
  const { tag_group } = JSON.parse(JSON.stringify(answer))
  return { group: tag_group.group_id, tags: tag_group.tag.map((tag: { id: string }) => tag.id) }
}

test('tags are added, renamed and deleted; the last one takes its group along', async () => {
  await using wecom = await makeSimulator()
  const added = await wecom.call(ADD, {
    body: { group_name: '爱好', tag: [{ name: '茶' }, { name: '茶' }, { name: '花' }] },
  })
  const { group, tags } = ids(added)
  expect(tags).toHaveLength(2)
  expect(await wecom.call(ADD, { body: { group_id: group, tag: [{ name: '茶' }] } })).toMatchObject({ errcode: 40071 })
  expect(await wecom.call(EDIT, { body: { id: tags[0], name: '花' } })).toMatchObject({ errcode: 40071 })
  expect(await wecom.call(EDIT, { body: { id: tags[0], name: '喝茶' } })).toMatchObject({ errcode: 0 })
  expect(await wecom.call(LIST, { body: { group_id: [group] } })).toMatchObject({
    tag_group: [{ group_name: '爱好', tag: [{ name: '喝茶', deleted: false }, { name: '花' }] }],
  })
  expect(await wecom.call(DELETE, { body: { tag_id: tags } })).toMatchObject({ errcode: 0 })
  expect(await wecom.call(LIST, { body: {} })).toMatchObject({ tag_group: [{ group_id: 'etLevel' }] })
  expect(await wecom.call(LIST, { body: { tag_id: [tags[0]] } })).toMatchObject({
    tag_group: [{ deleted: true, tag: [{ id: tags[0], deleted: true }] }],
  })
})

test.for<[name: string, path: string, body: object, errcode: number]>([
  ['no tags', ADD, { group_name: 'x', tag: [] }, 40063],
  ['a name of 31 characters', ADD, { group_name: 'x', tag: [{ name: '名'.repeat(31) }] }, 40072],
  ['a group of the console', ADD, { group_name: '等级', tag: [{ name: '重要' }] }, 40071],
  ['somebody else’s tag', EDIT, { id: 'etVip', name: 'x' }, 60011],
  ['somebody else’s tag to delete', DELETE, { tag_id: ['etVip'] }, 60011],
  ['a tag in somebody else’s group', ADD, { group_id: 'etLevel', tag: [{ name: '新' }] }, 60011],
  ['a group’s name that is taken', EDIT, { id: 'etLevel', name: '等级' }, 60011],
  ['an order too large', ADD, { group_name: 'x', tag: [{ name: 'y', order: 2 ** 32 }] }, 40058],
  ['nothing to delete', DELETE, {}, 40063],
  ['an unknown tag', LIST, { tag_id: ['etGone'] }, 40068],
])('%s is refused', async ([, path, body, errcode]) => {
  await using wecom = await makeSimulator()
  expect(await wecom.call(path, { body })).toMatchObject({ errcode })
})

test('a customer is marked and unmarked', async () => {
  await using wecom = await makeSimulator()
  const mark = (fields: object) =>
    wecom.call(MARK, { body: { userid: 'LinXiao', external_userid: 'wmAnna', ...fields } })
  expect(await mark({ remove_tag: ['etVip'] })).toMatchObject({ errcode: 0 })
  expect(await wecom.call('externalcontact/get', { query: { external_userid: 'wmAnna' } })).toMatchObject({
    follow_user: [{ tags: [] }],
  })
  expect(await mark({ add_tag: ['etVip'] })).toMatchObject({ errcode: 0 })
  expect(await mark({})).toMatchObject({ errcode: 41111 })
  expect(await mark({ add_tag: ['etGone'] })).toMatchObject({ errcode: 40068 })
  expect(await mark({ userid: 'zhou', add_tag: ['etVip'] })).toMatchObject({ errcode: 84061 })
  await wecom.simulator.deleteTag({ id: 'etVip' })
  expect(await mark({ add_tag: ['etVip'] })).toMatchObject({ errcode: 40068 })
})

test('two marks of one pair at once collide', async () => {
  await using wecom = await makeSimulator()
  const mark = (userid: string) => wecom.call(MARK, { body: { userid, external_userid: 'wmAnna', add_tag: ['etVip'] } })
  const release = wecom.simulator.hold(MARK)
  const both = [mark('LinXiao'), mark('linxiao')]
  // Whichever came second is refused while the first is still being written.
  expect(await Promise.race(both)).toMatchObject({ errcode: 45035 })
  release()
  const codes = (await Promise.all(both)).map(({ errcode }) => errcode)
  expect(codes.sort()).toEqual([0, 45035])
  expect(await mark('LinXiao')).toMatchObject({ errcode: 0 })
})

test('the corp has room for so many tags, a customer for so many', async () => {
  await using wecom = await makeSimulator({ limits: { corpTags: 3, tagsPerCustomer: 1 } })
  const add = (names: string[]) =>
    wecom.call(ADD, { body: { group_name: '爱好', tag: names.map((name) => ({ name })) } })
  expect(await add(['茶', '花', '书'])).toMatchObject({ errcode: 40126 })
  const { tags } = ids(await add(['茶', '花']))
  const mark = (fields: object) =>
    wecom.call(MARK, { body: { userid: 'LinXiao', external_userid: 'wmAnna', ...fields } })
  expect(await mark({ add_tag: tags })).toMatchObject({ errcode: 40144 })
  expect(await mark({ add_tag: [tags[0]], remove_tag: ['etVip'] })).toMatchObject({ errcode: 0 })
  expect(await mark({ add_tag: Array(1001).fill(tags[0]) })).toMatchObject({ errcode: 41111 })
})

test('what the console does with tags is told: a group goes without its tags, an order without a type', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  const { groupId, tagIds } = await simulator.createTagGroup({ name: '爱好', tags: ['茶', '花'] })
  await simulator.waitFor(() => receiver.received.length === 3)
  receiver.received.splice(0)
  await expect(simulator.createTagGroup({ name: '爱好', tags: ['书'] })).rejects.toThrow('已经有')
  await expect(simulator.createTag({ groupId, name: '茶' })).rejects.toThrow('已经有')
  await (await simulator.renameTag({ id: groupId, name: '喜好' })).delivered
  await (await simulator.shuffleTags({ groupId, order: [...tagIds].reverse() })).delivered
  await (await simulator.shuffleTags({ order: [groupId, 'etLevel'] })).delivered
  await (await simulator.deleteTag({ id: groupId })).delivered
  const Event = 'change_external_tag'
  expect(receiver.received.splice(0).map(fieldsOf)).toEqual([
    { Event, ChangeType: 'update', Id: groupId, TagType: 'tag_group' },
    { Event, ChangeType: 'shuffle', Id: groupId },
    { Event, ChangeType: 'shuffle', Id: '' },
    { Event, ChangeType: 'delete', Id: groupId, TagType: 'tag_group' },
  ])
  await (await simulator.deleteTag({ id: 'etVip' })).delivered
  expect(receiver.received.map((each) => fieldsOf(each).TagType).sort()).toEqual(['tag', 'tag_group'])
})

test('what the API does with tags is told to nobody', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { group, tags } = ids(await wecom.call(ADD, { body: { group_name: '爱好', tag: [{ name: '茶' }] } }))
  await wecom.call(EDIT, { body: { id: tags[0], name: '喝茶' } })
  await wecom.call(MARK, { body: { userid: 'LinXiao', external_userid: 'wmAnna', add_tag: tags } })
  await wecom.call(DELETE, { body: { group_id: [group] } })
  // Whatever had been told would be here before this one.
  await (await wecom.simulator.renameTag({ id: 'etVip', name: '更重要' })).delivered
  expect(receiver.received.map((each) => fieldsOf(each).Id)).toEqual(['etVip'])
})
