import { expect, test } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { testApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'
import { befriend, openShop } from '../support/shop.ts'
import { anna, bella, liveALittle, startPersonStory } from './person-story.ts'

test('an export is one archive of all that is held, phones in clear, and nothing of anybody else', async () => {
  await using story = await startPersonStory()
  await liveALittle(story)
  const files = await story.exported()
  const all = Object.values(files).join('\n')
  const { id, memberNo, unionId, phone, notedPhone, name, realName, remark, description, birthday, nickname } = anna
  for (const held of [
    id,
    memberNo,
    unionId,
    phone,
    notedPhone,
    name,
    realName,
    remark,
    description,
    birthday,
    nickname,
  ])
    expect(all).toContain(held)
  for (const foreign of Object.values(bella).slice(1)) expect(all).not.toContain(foreign)
  expect(all).not.toContain(story.server.deps.cipher.hash(phone))

  expect(files['说明.txt']).toContain('由 api:till 导出')
  const named = Object.keys(files).filter((file) => file.endsWith('.json'))
  for (const file of named) expect(files['说明.txt']).toContain(file)
  const rows = (file: string) => JSON.parse(files[file] ?? '[]')
  expect(rows('follow_relation.json')).toMatchObject([
    { guideUserId: 'LinXiao', remark, description, phones: [notedPhone] },
    { guideUserId: 'ZhouMin' },
  ])
  expect(rows('member.json')).toMatchObject([{ memberNo, phone, name: realName, birthday, points: 100 }])
  expect(rows('sales_order.json')).toHaveLength(4)
  expect(rows('sales_order_line.json')).toHaveLength(4)
  expect(rows('owner_move.json')).toMatchObject([{ toUserId: 'ZhouMin', reason: '离家近' }])
  expect(rows('audit_entry.json')).toMatchObject([
    { action: 'customer.ruled' },
    { action: 'customer.exported', actor: 'api:till' },
  ])
  expect(story.server.logs.join('')).not.toContain(phone)
})

test('an export is noted once however often it is asked for under one key, and not without end', async () => {
  await using t = await testApp()
  await openShop(t)
  await befriend(t)
  const api = openApi(t)
  const key = { 'idempotency-key': 'export-1' }
  for (const _ of [1, 2]) {
    const answer = await api.post('/customers/wmAnna/export', { reason: '顾客本人申请' }, key)
    expect([answer.statusCode, answer.headers['content-disposition']]).toEqual([
      200,
      expect.stringMatching(/^attachment; filename="export-\d+\.zip"$/),
    ])
  }
  expect((await api.get('/audit?subject=wmAnna')).json().entries).toMatchObject([
    { action: 'customer.exported', reason: '顾客本人申请' },
  ])
  expect((await api.post('/customers/wmNobody/export', {})).json().code).toBe('not_found')
  const headers = { authorization: `Bearer ${TILL_KEY}` }
  const bare = await t.app.inject({ method: 'POST', url: '/open/v1/customers/wmAnna/export', headers })
  expect(bare.statusCode).toBe(200)

  await t.db
    .insertInto('auditEntry')
    .values(
      Array.from({ length: 198 }, () => ({
        actor: 'api:till',
        action: 'customer.exported',
        subject: 'x',
        at: t.clock.now(),
      })),
    )
    .execute()
  expect((await api.post('/customers/wmAnna/export', {})).statusCode).toBe(429)
  t.clock.advance(24 * 3_600_000)
  expect((await api.post('/customers/wmAnna/export', {})).statusCode).toBe(200)
})
