import { signJsSdk } from '@zhanggui/server/wecom/js-sdk.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

test('a signature is the one WeCom publishes for its values', () => {
  const url = 'https://guide.shop.test/sidebar/?from=tool&v=3'
  const signature = '78441b5a4100499fe643cba57874712ee0e4faac'
  expect(signJsSdk('LOCALTICKET-abc_123', 'Zx81kQpL', 1767225600, url)).toBe(signature)
})

test('a page of this site is signed with the ticket asked for, without its fragment', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = await signIn(t, 'LinXiao')
  for (const kind of ['agent', 'corp'] as const) {
    const answer = await guide.post('/api/wecom/signature', { kind, url: 'https://guide.example.com/sidebar/?a=1#/x' })
    const { timestamp, nonceStr, signature } = answer.json()
    expect(timestamp).toBe(Math.floor(t.clock.now().getTime() / 1000))
    expect(signature).toBe(signJsSdk(`TICKET-${kind}`, nonceStr, timestamp, 'https://guide.example.com/sidebar/?a=1'))
    expect(answer.body).not.toContain('TICKET')
  }
})

test('a page of another site is not signed', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = await signIn(t, 'LinXiao')
  const elsewhere = [
    'https://evil.example/sidebar/',
    'https://guide.example.com.evil.example/',
    'http://guide.example.com/',
    'no address',
  ]
  for (const url of elsewhere) {
    const answer = await guide.post('/api/wecom/signature', { kind: 'agent', url })
    expect([url, answer.statusCode]).toEqual([url, 400])
  }
})

test('a stranger learns nothing from the API but to sign in', async () => {
  await using t = await testApp()
  const routes = [
    ['GET', '/api/session'],
    ['GET', '/api/customers/wm1'],
    ['GET', '/api/customers/wm1/orders'],
    ['GET', '/api/customers/wm1/coupons'],
    ['GET', '/api/products'],
    ['POST', '/api/wecom/signature'],
    ['POST', '/api/shares'],
    ['POST', '/api/shares/no-uuid/outcome'],
    ['POST', '/api/shares/no-uuid/withdraw'],
  ] as const
  for (const [method, url] of routes) {
    const answer = await t.app.inject({ method, url, ...(method === 'POST' && { payload: { nonsense: true } }) })
    expect([url, answer.statusCode]).toEqual([url, 401])
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ code: 'unauthenticated' })
  }
})

test('a forged or foreign session cookie is no session', async () => {
  await using t = await testApp()
  const stranger = browser(t)
  for (const value of ['x', 'AAAA;BBBB', `${'A'.repeat(80)};${'A'.repeat(32)}`]) {
    stranger.cookies.set('zg_session', value)
    expect((await stranger.get('/api/session')).statusCode).toBe(401)
  }
})

test('another site cannot make a signed-in browser change anything', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = await signIn(t, 'LinXiao')
  const url = '/api/wecom/signature'
  const withoutHeader = await guide.post(
    url,
    { kind: 'agent', url: 'https://guide.example.com/' },
    { 'x-requested-with': '' },
  )
  expect(withoutHeader.statusCode).toBe(403)
  const asForm = await guide.submit(url, { kind: 'agent' }, { 'x-requested-with': 'zhanggui' })
  expect(asForm.statusCode).toBe(415)
})
