import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import { expect, test } from 'vitest'
import { TILL_KEY } from '../support/env.ts'
import type { Story } from '../support/server.ts'
import { mirroredCorp, putRecords, storeOf } from './make-corp.ts'

const mall = { storeId: 'mall', name: '万象城', departmentId: '1' }
const pandora = { storeId: 'pandora', name: '潘多拉专柜', kind: 'counter', departmentId: '31' }

async function places(story: Story): Promise<Record<string, string | null>> {
  const rows = await story.db.selectFrom('guide').select(['userId', 'storeId']).orderBy('userId').execute()
  return Object.fromEntries(rows.map(({ userId, storeId }) => [userId, storeId]))
}

test('a department that is a store gives its store to everybody at or below it; the nearest counts', async () => {
  await using story = await mirroredCorp()
  await putRecords(story, 'stores', [mall])
  expect(await places(story)).toEqual({ Boss: 'mall', HeQing: 'mall', LinXiao: 'mall', ZhouMin: 'mall' })
  await putRecords(story, 'stores', [pandora])
  expect(await places(story)).toEqual({ Boss: 'mall', HeQing: 'mall', LinXiao: 'pandora', ZhouMin: 'pandora' })
  // 周敏 is in two departments that are stores: her main one counts.
  await putRecords(story, 'stores', [{ storeId: 'first', name: '一楼', departmentId: '2' }])
  expect(await places(story)).toEqual({ Boss: 'mall', HeQing: 'first', LinXiao: 'pandora', ZhouMin: 'pandora' })
})

test('a declaration taken back takes its guides along, two stores may swap departments', async () => {
  await using story = await mirroredCorp()
  await putRecords(story, 'stores', [mall, pandora])
  await putRecords(story, 'stores', [
    { ...mall, departmentId: '31' },
    { ...pandora, departmentId: '1' },
  ])
  expect(await places(story)).toMatchObject({ Boss: 'pandora', LinXiao: 'mall' })
  await putRecords(story, 'stores', [
    { storeId: 'mall', name: '万象城' },
    { storeId: 'pandora', name: '潘多拉专柜' },
  ])
  expect(await places(story)).toEqual({ Boss: null, HeQing: null, LinXiao: null, ZhouMin: null })
})

test('whom HQ assigned stays where HQ said, also when the department is declared first', async () => {
  await using story = await mirroredCorp()
  await putRecords(story, 'stores', [pandora, { storeId: 'lancome', name: '兰蔻专柜' }])
  await putRecords(story, 'guides', [{ userId: 'linxiao', storeId: 'lancome', role: 'manager' }])
  expect(await places(story)).toMatchObject({ LinXiao: 'lancome', ZhouMin: 'pandora' })
  await mirrorDirectory(story.server.deps)
  expect(await places(story)).toMatchObject({ LinXiao: 'lancome', ZhouMin: 'pandora' })
})

test('a department declared before it is known counts as soon as its members are', async () => {
  await using story = await mirroredCorp()
  await putRecords(story, 'stores', [{ storeId: 'new', name: '新专柜', departmentId: '32' }])
  const { departmentId, delivered } = await story.simulator.createDepartment({ name: '新专柜', parentId: 3 })
  expect(departmentId).toBe(32)
  await delivered
  await (await story.simulator.updateMember({ userId: 'LinXiao', departmentIds: [32] })).delivered
  await story.settled()
  expect(await storeOf(story, 'LinXiao')).toBe('new')
})

test('a department is one store: the second is refused, its neighbours are not', async () => {
  await using story = await mirroredCorp()
  const answer = await story.server.app.inject({
    method: 'PUT',
    url: '/open/v1/stores',
    headers: { authorization: `Bearer ${TILL_KEY}` },
    payload: [pandora, { storeId: 'other', name: '别的', departmentId: '31' }, mall, { ...mall, departmentId: 'x' }],
  })
  expect(answer.json()).toMatchObject({
    accepted: 2,
    rejected: [
      { index: 1, id: 'other', code: 'department_taken' },
      { index: 3, id: 'mall' },
    ],
  })
  expect(await storeOf(story, 'LinXiao')).toBe('pandora')
})

test('a department that moves takes its guides to another store', async () => {
  await using story = await mirroredCorp()
  const { simulator } = story
  await putRecords(story, 'stores', [mall, { storeId: 'first', name: '一楼', departmentId: '2' }])
  await (await simulator.moveDepartment({ id: 31, parentId: 2 })).delivered
  await story.settled()
  expect(await storeOf(story, 'LinXiao')).toBe('first')
  // The next one gets lost; the sync finds it.
  simulator.setDelivery({ drop: 1 })
  await simulator.moveDepartment({ id: 31, parentId: 1 })
  expect(await mirrorDirectory(story.server.deps)).toMatchObject({ changedDepartments: 1, movedGuides: 1 })
  expect(await storeOf(story, 'LinXiao')).toBe('mall')
})

test('departments in a circle, as two answers may have them, hold nobody up', async () => {
  await using story = await mirroredCorp()
  await story.db.updateTable('department').set({ parentId: '31' }).where('departmentId', '=', '3').execute()
  await putRecords(story, 'stores', [mall])
  expect(await storeOf(story, 'LinXiao')).toBeNull()
  expect(await storeOf(story, 'Boss')).toBe('mall')
})
