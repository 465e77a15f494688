import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import { expect, test } from 'vitest'
import { signInThroughWecom } from '../support/sign-in.ts'
import { findRow, mirroredCorp } from './make-corp.ts'

test.for([
  { how: 'is deleted from the contacts', status: 'left', visible: false },
  { how: 'quits', status: 'left', visible: true },
  { how: 'is disabled', status: 'disabled', visible: true },
  { how: 'falls out of the visible range', status: 'left', visible: false },
] as const)('a guide who $how loses the session at once, and works again on returning', async (how) => {
  await using story = await mirroredCorp()
  const { simulator } = story
  const userId = 'LinXiao'
  const { by } = await signInThroughWecom(story, userId)
  expect((await by.get('/api/session')).statusCode).toBe(200)

  const leave = {
    'is deleted from the contacts': () => simulator.deleteMember({ userId }),
    quits: () => simulator.leaveCorp({ userId }),
    'is disabled': () => simulator.changeStanding({ userId, status: 2 }),
    'falls out of the visible range': () => simulator.changeStanding({ userId, visible: false }),
  }[how.how]
  await (await leave()).delivered
  await story.settled()
  expect(await findRow(story, userId)).toMatchObject({ status: how.status, visible: how.visible })

  const copied = by.cookies.get('zg_session') ?? ''
  const refused = await by.get('/api/session')
  expect(refused.statusCode).toBe(403)
  expect(refused.json()).toMatchObject({ code: 'account_inactive', detail: expect.stringContaining('联系管理员') })
  expect(by.cookies.has('zg_session')).toBe(false)
  by.cookies.set('zg_session', copied)
  expect((await by.get('/api/customers/wmAnna')).statusCode).toBe(403)
  expect((await by.get('/sidebar/')).body).not.toContain('"session"')

  const back = {
    'is deleted from the contacts': () => simulator.returnToCorp({ userId }),
    quits: () => simulator.returnToCorp({ userId }),
    'is disabled': () => simulator.changeStanding({ userId, status: 1 }),
    'falls out of the visible range': () => simulator.changeStanding({ userId, visible: true }),
  }[how.how]
  await (await back()).delivered
  await story.settled()
  expect(await findRow(story, userId)).toMatchObject({ status: 'active', visible: true, leftAt: null, follows: true })
  const again = await signInThroughWecom(story, userId)
  expect((await again.by.get('/api/session')).json()).toMatchObject({ guide: { userId, name: '林晓' } })
})

test('sign-in refuses kindly whom WeCom still names, and lets in at once who has returned unheard', async () => {
  await using story = await mirroredCorp()
  const { simulator } = story
  const { by } = await signInThroughWecom(story, 'HeQing')
  await (await simulator.changeStanding({ userId: 'HeQing', visible: false })).delivered
  await story.settled()
  const refused = await signInThroughWecom(story, 'HeQing', by)
  expect(refused.answer.statusCode).toBe(403)
  expect(refused.answer.body).toContain('这个账号现在用不了掌柜')
  expect(refused.answer.body).toContain('可见范围')
  expect((await by.get('/api/session')).statusCode).not.toBe(200)

  simulator.setDelivery({ drop: 1 })
  await simulator.changeStanding({ userId: 'HeQing', visible: true })
  const admitted = await signInThroughWecom(story, 'HeQing', by)
  expect(admitted.answer.statusCode).toBe(302)
  expect((await by.get('/api/session')).statusCode).toBe(200)
})

test('a member nobody has heard of is let in when visible, and not when not', async () => {
  await using story = await mirroredCorp()
  const { simulator } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.createMember({ userId: 'SuMin', name: '苏敏', departmentIds: [2] })
  await simulator.createMember({ userId: 'Stranger', name: '路人', departmentIds: [2], visible: false })
  const inside = await signInThroughWecom(story, 'SuMin')
  expect((await inside.by.get('/api/session')).json()).toMatchObject({ guide: { name: '苏敏' } })
  const outside = await signInThroughWecom(story, 'Stranger')
  expect(outside.answer.statusCode).toBe(403)
  expect(outside.by.cookies.has('zg_session')).toBe(false)
  expect(await findRow(story, 'Stranger')).toBeUndefined()
})

test('when WeCom cannot say, what is known counts', async () => {
  await using story = await mirroredCorp()
  const { simulator, server } = story
  simulator.setDelivery({ drop: 1 })
  await simulator.deleteMember({ userId: 'LinXiao' })
  await simulator.returnToCorp({ userId: 'LinXiao' })
  await simulator.changeStanding({ userId: 'ZhouMin', status: 2 })
  await mirrorDirectory(server.deps)
  simulator.refuse('user/get', 48009)
  expect((await signInThroughWecom(story, 'LinXiao')).answer.statusCode).toBe(302)
  expect((await signInThroughWecom(story, 'ZhouMin')).answer.statusCode).toBe(403)
})
