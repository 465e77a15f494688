import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import { expect, test } from 'vitest'
import { signInThroughWecom } from '../support/sign-in.ts'
import { findRow, mirroredCorp } from './make-corp.ts'

test('somebody new is known with name, departments and permission from a callback that tells none of them', async () => {
  await using story = await mirroredCorp()
  await (await story.simulator.createMember({ userId: 'SuMin', name: '苏敏', departmentIds: [31, 2] })).delivered
  await story.settled()
  expect(await findRow(story, 'SuMin')).toMatchObject({
    name: '苏敏',
    departmentIds: ['31', '2'],
    status: 'active',
    follows: true,
    visible: true,
  })
})

test('a coming and a going that arrive in the wrong order, and twice, end as things are', async () => {
  await using story = await mirroredCorp()
  const { simulator } = story
  simulator.setDelivery({ reorder: true, repeat: 0.5, seed: 3 })
  const happened = [
    simulator.deleteMember({ userId: 'LinXiao' }),
    simulator.returnToCorp({ userId: 'LinXiao' }),
    simulator.changeStanding({ userId: 'HeQing', status: 2 }),
    simulator.changeStanding({ userId: 'HeQing', status: 1 }),
    simulator.updateMember({ userId: 'ZhouMin', departmentIds: [2] }),
    simulator.deleteMember({ userId: 'Boss' }),
  ]
  await Promise.all(happened)
  await simulator.flush()
  await story.settled()
  expect(await findRow(story, 'LinXiao')).toMatchObject({ status: 'active', visible: true })
  expect(await findRow(story, 'HeQing')).toMatchObject({ status: 'active', visible: true })
  expect(await findRow(story, 'ZhouMin')).toMatchObject({ departmentIds: ['2'] })
  expect(await findRow(story, 'Boss')).toMatchObject({ status: 'left', visible: false })
})

test.for([48009, 60011])('where the app may not read (%i), a going is believed and a coming waits', async (errcode) => {
  await using story = await mirroredCorp()
  const { simulator, db, server } = story
  simulator.refuse('user/get', errcode)
  const { by } = await signInThroughWecom(story, 'LinXiao')
  await (await simulator.deleteMember({ userId: 'LinXiao' })).delivered
  await (await simulator.createMember({ userId: 'SuMin', name: '苏敏', departmentIds: [2] })).delivered
  await story.settled()
  expect((await by.get('/api/session')).statusCode).toBe(403)
  expect(await findRow(story, 'SuMin')).toBeUndefined()
  expect(await db.selectFrom('failedJob').select(['task', 'reason']).execute()).toEqual([])
  simulator.refuse('user/get', 0)
  await mirrorDirectory(server.deps)
  expect(await findRow(story, 'SuMin')).toMatchObject({ name: '苏敏' })
})

test('departments come, move and go with their callbacks', async () => {
  await using story = await mirroredCorp()
  const { simulator, db } = story
  const all = async () => {
    const rows = await db.selectFrom('department').selectAll().execute()
    return rows.map(({ departmentId, parentId, name }) => `${departmentId}<${parentId} ${name}`).sort()
  }
  await (await simulator.createDepartment({ name: '三楼', parentId: 1 })).delivered
  await (await simulator.moveDepartment({ id: 31, parentId: 32 })).delivered
  await story.settled()
  expect(await all()).toEqual(['1<0 万象城', '2<1 一楼', '31<32 潘多拉专柜', '32<1 三楼', '3<1 二楼'])
  await (await simulator.deleteDepartment({ id: 3 })).delivered
  await story.settled()
  expect(await all()).not.toContain('3<1 二楼')
})

test('a department the app may not read is left to the next sync', async () => {
  await using story = await mirroredCorp()
  const { simulator, db } = story
  simulator.refuse('department/list', 60011)
  await (await simulator.createDepartment({ name: '三楼', parentId: 1 })).delivered
  await story.settled()
  expect(await db.selectFrom('department').select('departmentId').where('departmentId', '=', '32').execute()).toEqual(
    [],
  )
  expect(await db.selectFrom('failedJob').select('task').execute()).toEqual([])
  simulator.refuse('department/list', 0)
  expect(await mirrorDirectory(story.server.deps)).toMatchObject({ newDepartments: 1 })
})
