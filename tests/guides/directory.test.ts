import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import { mirrorNewGuides } from '@zhanggui/server/guides/mirror-new-guides.ts'
import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import { expect, test } from 'vitest'
import { startStory } from '../support/server.ts'
import { corp, findRow, mirroredCorp } from './make-corp.ts'

const nothing = {
  newGuides: 0,
  changedGuides: 0,
  leftGuides: 0,
  renamedGuides: 0,
  movedGuides: 0,
  newDepartments: 0,
  changedDepartments: 0,
  removedDepartments: 0,
}

test('a first mirror takes members once each and departments, at one call a department and two more', async () => {
  await using story = await startStory({ simulator: { seed: corp() } })
  const { db, simulator, server } = story
  // A customer's callback has been faster than the directory.
  await db.insertInto('guide').values({ userId: 'LinXiao', updatedAt: new Date() }).execute()
  const before = simulator.calls.all.length
  expect(await mirrorDirectory(server.deps)).toEqual({ ...nothing, newGuides: 4, newDepartments: 4 })
  const called = simulator.calls.all.slice(before).map(({ endpoint }) => endpoint)
  expect(called.filter((endpoint) => endpoint !== 'gettoken').sort()).toEqual([
    'department/list',
    'externalcontact/get_follow_user_list',
    ...Array(4).fill('user/list'),
  ])
  expect(await findRow(story, 'LinXiao')).toMatchObject({
    name: '林晓',
    departmentIds: ['31'],
    mainDepartmentId: '31',
    status: 'active',
    follows: true,
    visible: true,
    leftAt: null,
  })
  expect(await findRow(story, 'ZhouMin')).toMatchObject({ departmentIds: ['31', '2'] })
  expect(await findRow(story, 'Boss')).toMatchObject({ follows: false })
  expect(await db.selectFrom('department').select(['departmentId', 'parentId', 'name']).execute()).toContainEqual({
    departmentId: '31',
    parentId: '3',
    name: '潘多拉专柜',
  })
  expect(await mirrorDirectory(server.deps)).toEqual(nothing)
})

test('what changed in WeCom without a callback is found: names, standing, permission, departments', async () => {
  await using story = await mirroredCorp()
  const { simulator, server, db } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.updateMember({ userId: 'LinXiao', name: '林小晓' })
  await simulator.changeStanding({ userId: 'ZhouMin', configured: false })
  await simulator.renameDepartment({ id: 3, name: '三楼' })
  await simulator.createMember({ userId: 'SuMin', name: '苏敏', departmentIds: [2], visible: false })
  await simulator.updateMember({ userId: 'Boss', departmentIds: [2] })
  expect(await mirrorDirectory(server.deps)).toEqual({ ...nothing, changedGuides: 3, changedDepartments: 1 })
  expect(await findRow(story, 'LinXiao')).toMatchObject({ name: '林小晓' })
  expect(await findRow(story, 'ZhouMin')).toMatchObject({ follows: false, status: 'active', visible: true })
  expect(await findRow(story, 'SuMin')).toBeUndefined()
  expect(await db.selectFrom('department').select('name').where('departmentId', '=', '3').execute()).toEqual([
    { name: '三楼' },
  ])
})

test('whom WeCom no longer shows has left, is kept, and may come back', async () => {
  await using story = await mirroredCorp()
  const { simulator, server } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.deleteMember({ userId: 'LinXiao' })
  const left = await mirrorDirectory(server.deps)
  expect(left).toEqual({ ...nothing, leftGuides: 1 })
  expect(await findRow(story, 'LinXiao')).toMatchObject({
    name: '林晓',
    status: 'left',
    visible: false,
    follows: false,
    leftAt: expect.any(Date),
    departmentIds: ['31'],
  })
  expect(await mirrorDirectory(server.deps)).toEqual(nothing)
  await simulator.returnToCorp({ userId: 'LinXiao' })
  await mirrorDirectory(server.deps)
  expect(await findRow(story, 'LinXiao')).toMatchObject({
    status: 'active',
    visible: true,
    follows: true,
    leftAt: null,
  })
})

test.for(['department/list', 'user/list', 'externalcontact/get_follow_user_list', 'user/get'])(
  'a run that fails at %s marks nobody and changes nothing',
  async (endpoint) => {
    await using story = await mirroredCorp()
    const { simulator, server, db } = story
    simulator.setDelivery({ drop: 1 })
    await simulator.deleteMember({ userId: 'LinXiao' })
    await simulator.updateMember({ userId: 'HeQing', name: '何小晴' })
    const before = await db.selectFrom('guide').selectAll().orderBy('userId').execute()
    simulator.refuse(endpoint, 48001)
    await expect(mirrorDirectory(server.deps)).rejects.toBeInstanceOf(WecomError)
    expect(await db.selectFrom('guide').selectAll().orderBy('userId').execute()).toEqual(before)
    simulator.refuse(endpoint, 0)
    expect(await mirrorDirectory(server.deps)).toMatchObject({ leftGuides: 1, changedGuides: 1 })
  },
)

test('a member who is visible without their department is found by name', async () => {
  await using story = await mirroredCorp()
  const { simulator, server } = story
  // Out of the range between the two answers: the department cannot be listed any more.
  simulator.failNext('user/list', 60011, 4)
  expect(await mirrorDirectory(server.deps)).toEqual(nothing)
  expect(await findRow(story, 'Boss')).toMatchObject({ status: 'active', visible: true })
})

test('a department too large to list keeps its members and what is known of their status', async () => {
  await using story = await mirroredCorp()
  const { simulator, server } = story
  await simulator.changeStanding({ userId: 'LinXiao', status: 2 })
  await mirrorDirectory(server.deps)
  simulator.refuse('user/list', 45029)
  expect(await mirrorDirectory(server.deps)).toMatchObject({ newGuides: 0, leftGuides: 0 })
  expect(await findRow(story, 'LinXiao')).toMatchObject({ status: 'disabled', visible: true })
})

test('a guide a till has named gets a name at once, one WeCom does not know is asked for once', async () => {
  await using story = await startStory({ simulator: { seed: corp() }, role: 'web' })
  const { db, server, simulator } = story
  for (const userId of ['linxiao', 'Nobody'])
    await db.insertInto('guide').values({ userId, updatedAt: new Date() }).execute()
  await mirrorNewGuides.run({}, server.deps, { attempt: 1 })
  await mirrorNewGuides.run({}, server.deps, { attempt: 1 })
  expect(await findRow(story, 'LinXiao')).toMatchObject({ name: '林晓', status: 'active', follows: true })
  expect(await findRow(story, 'Nobody')).toMatchObject({ name: null, visible: false, status: 'left' })
  expect(simulator.calls.of('user/get')).toHaveLength(2)
})
