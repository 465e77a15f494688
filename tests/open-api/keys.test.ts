import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'
import { makeStore } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())

const refused: { name: string; authorization?: string }[] = [
  { name: 'no key' },
  { name: 'an unknown key', authorization: 'Bearer till-key-0123456780' },
  { name: 'the beginning of a key', authorization: `Bearer ${TILL_KEY.slice(0, -1)}` },
  { name: 'a key and more', authorization: `Bearer ${TILL_KEY}x` },
  { name: 'the name instead of the key', authorization: 'Bearer till' },
  { name: 'name and key', authorization: `Bearer till:${TILL_KEY}` },
  { name: 'another scheme', authorization: `Basic ${TILL_KEY}` },
  { name: 'nothing after the scheme', authorization: 'Bearer ' },
]
test.for(refused)('the open API refuses $name', async ({ authorization }) => {
  for (const request of [
    { method: 'GET' as const, url: '/open/v1/customers/wm1' },
    { method: 'PUT' as const, url: '/open/v1/stores', payload: [makeStore()] },
  ]) {
    const answer = await t.app.inject({ ...request, headers: authorization ? { authorization } : {} })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.headers['www-authenticate']).toBe('Bearer')
    expect(answer.json()).toMatchObject({ status: 401, code: 'bad_api_key' })
  }
})

test('every configured key opens it, whatever the case of the scheme', async () => {
  for (const authorization of [`Bearer ${TILL_KEY}`, 'bearer crm-key-9876543210', `BEARER ${TILL_KEY}`]) {
    const answer = await t.app.inject({
      method: 'PUT',
      url: '/open/v1/stores',
      headers: { authorization },
      payload: [makeStore()],
    })
    expect(answer.statusCode).toBe(200)
  }
})

test('the log names the key that sent a batch and never shows it', async () => {
  await senderTo(t, 'crm-key-9876543210').put('stores', [makeStore()])
  const lines = t.logs.map((line): Record<string, unknown> => JSON.parse(line))
  expect(lines).toContainEqual(expect.objectContaining({ apiKey: 'crm', records: 'stores', msg: 'records taken' }))
  expect(t.logs.join()).not.toMatch(/crm-key|till-key/)
})
