import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import type { Diagnosis } from '@zhanggui/shared/diagnosis.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import { testEnv } from '../support/env.ts'
import { befriend, openShop } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

test('the diagnosis says what the server sees of the guide, the chat and its own settings, and no secret', async () => {
  const ticket = async (kind: 'agent' | 'corp') => {
    if (kind === 'agent') return 'TICKET-agent'
    throw new WecomError({ endpoint: 'get_jsapi_ticket', doc: '90506', errcode: 60020 })
  }
  await using t = await testApp({ wecom: signInWecom({ ticket }) })
  await openShop(t)
  await befriend(t)
  const lin = await signIn(t, 'LinXiao')
  const ask = async (query: Record<string, string>): Promise<Diagnosis> =>
    (await lin.get(`/api/diagnosis?${new URLSearchParams(query)}`, { 'user-agent': 'wxwork/5.0.10' })).json()
  const page = 'https://guide.example.com/sidebar/?tab=orders'
  const seen = await ask({ url: page, externalUserId: 'wmAnna', chatId: 'wrNone' })
  expect(seen).toMatchObject({
    userId: 'LinXiao',
    role: 'guide',
    publicOrigin: 'https://guide.example.com',
    signable: true,
    agentTicket: 'ok',
    corpTicket: 'configuration 60020',
    customer: 'visible',
    group: 'group_not_visible',
    userAgent: 'wxwork/5.0.10',
  })
  const words = JSON.stringify(seen)
  for (const secret of ['TICKET', testEnv.WECOM_AGENT_SECRET, '安娜', 'wmAnna']) expect(words).not.toContain(secret)
  expect(await ask({ url: 'https://elsewhere.example/sidebar/', externalUserId: 'wmNobody' })).toMatchObject({
    signable: false,
    customer: 'customer_not_visible',
  })
  expect((await lin.get('/api/diagnosis')).statusCode).toBe(400)
  expect((await browser(t).get(`/api/diagnosis?url=${encodeURIComponent(page)}`)).statusCode).toBe(401)
})
