import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'
import { signIn, signInWecom, stateOf } from '../support/sign-in.ts'

const start = (next: string) => `/auth/start?next=${encodeURIComponent(next)}`

test('sign-in asks WeCom silently, then leads back to the page it began on, without the code', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = browser(t)
  const asked = await guide.get(start('/sidebar/?tab=coupons'))
  expect(asked.statusCode).toBe(302)
  const authorize = new URL(String(asked.headers.location))
  expect(authorize.origin + authorize.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
  expect(authorize.hash).toBe('#wechat_redirect')
  expect(Object.fromEntries(authorize.searchParams)).toEqual({
    appid: 'ww0123456789abcdef',
    redirect_uri: 'https://guide.example.com/auth/callback',
    response_type: 'code',
    scope: 'snsapi_base',
    state: expect.stringMatching(/^[0-9a-zA-Z]{20,128}$/),
    agentid: '1000002',
  })
  const back = await guide.get(`/auth/callback?code=code:LinXiao:1&state=${stateOf(authorize.href)}`)
  expect(back.statusCode).toBe(302)
  expect(back.headers.location).toBe('/sidebar/?tab=coupons')
  expect((await guide.get('/api/session')).statusCode).toBe(200)
})

test('the session cookie is out of reach of scripts and of other sites', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = browser(t)
  const state = stateOf((await guide.get('/auth/start')).headers.location)
  const back = await guide.get(`/auth/callback?code=code:LinXiao:1&state=${state}`)
  expect(back.cookies.find(({ name }) => name === 'zg_session')).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: 7200,
  })
})

test('sign-in never leads to another site, however its address is spelled', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = browser(t)
  const elsewhere = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example/',
    'javascript:alert(1)',
    'sidebar/',
    '/auth/start?next=/auth/start',
    '',
  ]
  for (const [index, next] of elsewhere.entries()) {
    const state = stateOf((await guide.get(start(next))).headers.location)
    const back = await guide.get(`/auth/callback?code=code:LinXiao:${index}&state=${state}`)
    expect([next, back.headers.location]).toEqual([next, '/sidebar/'])
  }
})

test('a state from another browser, a state twice and a state too old spend no code: sign-in begins anew', async () => {
  const codes: unknown[] = []
  const wecom = signInWecom()
  await using t = await testApp({
    wecom: {
      ...wecom,
      call: (endpoint, params) => {
        if ('code' in params) codes.push(params)
        return wecom.call(endpoint, params)
      },
    },
  })
  const thief = browser(t)
  const guide = browser(t)
  const stolen = stateOf((await thief.get('/auth/start')).headers.location)
  const foreign = await guide.get(`/auth/callback?code=code:Thief:1&state=${stolen}`)
  expect(foreign.headers.location).toMatch(/^https:\/\/open\.weixin\.qq\.com\//)
  expect(guide.cookies.has('zg_session')).toBe(false)

  const state = stateOf(foreign.headers.location)
  t.clock.advance(10 * 60_000)
  const late = await guide.get(`/auth/callback?code=code:LinXiao:2&state=${state}`)
  expect(late.headers.location).toMatch(/^https:\/\/open\.weixin\.qq\.com\//)

  const fresh = stateOf(late.headers.location)
  const callback = `/auth/callback?code=code:LinXiao:3&state=${fresh}`
  expect((await guide.get(callback)).headers.location).toBe('/sidebar/')
  expect(codes).toEqual([{ code: 'code:LinXiao:3' }])
  const reloaded = await guide.get(callback)
  expect(reloaded.headers.location).toBe('/sidebar/')
  expect(codes).toHaveLength(1)
})

test('a used code is replaced silently twice in a minute, then the page says so with a button', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = browser(t)
  let location = (await guide.get(start('/sidebar/?tab=products'))).headers.location
  for (let restarts = 0; restarts < 2; restarts++) {
    const again = await guide.get(`/auth/callback?code=stale&state=${stateOf(location)}`)
    expect(again.statusCode).toBe(302)
    location = again.headers.location
    expect(location).toMatch(/^https:\/\/open\.weixin\.qq\.com\//)
  }
  const stopped = await guide.get(`/auth/callback?code=stale&state=${stateOf(location)}`)
  expect(stopped.statusCode).toBe(400)
  expect(stopped.headers['content-type']).toContain('text/html')
  expect(stopped.body).toContain('重新登录')
  expect(stopped.body).toContain('/auth/start?next=%2Fsidebar%2F%3Ftab%3Dproducts')

  t.clock.advance(61_000)
  const state = stateOf((await guide.get('/auth/start')).headers.location)
  expect((await guide.get(`/auth/callback?code=stale&state=${state}`)).statusCode).toBe(302)
})

test('two pages of the toolbar sign in side by side', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const guide = browser(t)
  const first = stateOf((await guide.get(start('/sidebar/?tab=customer'))).headers.location)
  const second = stateOf((await guide.get(start('/sidebar/?tab=coupons'))).headers.location)
  const back = await guide.get(`/auth/callback?code=code:LinXiao:1&state=${first}`)
  expect(back.headers.location).toBe('/sidebar/?tab=customer')
  const other = await guide.get(`/auth/callback?code=code:LinXiao:2&state=${second}`)
  expect(other.headers.location).toBe('/sidebar/?tab=coupons')
})

test.for([
  { who: 'a customer', answer: { openid: 'o1', external_userid: 'wm1' } },
  { who: 'a member of a linked corp', answer: { userid: 'ww9/LinXiao' } },
])('$who is told that this is for staff', async ({ answer }) => {
  await using t = await testApp({
    wecom: signInWecom({ call: async () => JSON.parse(JSON.stringify(answer)) }),
  })
  const stranger = browser(t)
  const state = stateOf((await stranger.get('/auth/start')).headers.location)
  const back = await stranger.get(`/auth/callback?code=x&state=${state}`)
  expect(back.statusCode).toBe(403)
  expect(back.body).toContain('仅限员工使用')
  expect(stranger.cookies.has('zg_session')).toBe(false)
})

test.for([
  { how: 'refuses', errcode: 60020, status: 502, says: 'errcode 60020' },
  { how: 'is away', errcode: undefined, status: 503, says: '暂时连不上企业微信' },
])('when WeCom $how the page says what to do', async ({ errcode, status, says }) => {
  const failure = new WecomError({ endpoint: 'auth/getuserinfo', doc: '91023', ...(errcode && { errcode }) })
  await using t = await testApp({ wecom: signInWecom({ call: () => Promise.reject(failure) }) })
  const guide = browser(t)
  const state = stateOf((await guide.get('/auth/start')).headers.location)
  const back = await guide.get(`/auth/callback?code=secret-code&state=${state}`)
  expect(back.statusCode).toBe(status)
  expect(back.body).toContain(says)
  expect(back.body).toContain('再试一次')
  expect(t.logs.join('')).not.toContain('secret-code')
})

test('parameters sent twice get a page, not a crash', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  const back = await browser(t).get('/auth/callback?code=a&code=b&state=c&state=d')
  expect(back.statusCode).toBe(400)
  expect(back.headers['content-type']).toContain('text/html')
})

test('a session dies two hours after it was last used', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  const guide = await signIn(t, 'LinXiao')
  for (let hour = 0; hour < 3; hour++) {
    t.clock.advance(110 * 60_000)
    expect((await guide.get('/api/session')).statusCode).toBe(200)
  }
  t.clock.advance(121 * 60_000)
  const gone = await guide.get('/api/session')
  expect(gone.statusCode).toBe(401)
  expect(gone.json()).toMatchObject({ code: 'unauthenticated' })
})

test('a rotated secret keeps sessions alive and moves them to the new one', async () => {
  const [old, fresh] = ['old-secret-'.repeat(4), 'new-secret-'.repeat(4)]
  await using before = await testApp({ wecom: signInWecom(), env: { SESSION_SECRET: old } })
  const { cookies } = await signIn(before, 'LinXiao')

  await using rotated = await testApp({ env: { SESSION_SECRET: `${fresh},${old}` } })
  const guide = browser(rotated)
  guide.cookies.set('zg_session', cookies.get('zg_session') ?? '')
  expect((await guide.get('/api/session')).statusCode).toBe(200)

  await using after = await testApp({ env: { SESSION_SECRET: fresh } })
  const later = browser(after)
  later.cookies.set('zg_session', cookies.get('zg_session') ?? '')
  expect((await later.get('/api/session')).statusCode).toBe(401)
  later.cookies.set('zg_session', guide.cookies.get('zg_session') ?? '')
  expect((await later.get('/api/session')).statusCode).toBe(200)
})

test('a role is what the server knows now, not what it knew at sign-in', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  const guide = await signIn(t, 'linxiao')
  expect((await guide.get('/api/session')).json()).toEqual({
    guide: { userId: 'linxiao', name: '林晓', storeName: '万象城潘多拉专柜' },
    role: 'guide',
    corpId: 'ww0123456789abcdef',
    agentId: '1000002',
  })
  await t.db.updateTable('guide').set({ role: 'manager' }).where('userId', '=', 'LinXiao').execute()
  expect((await guide.get('/api/session')).json()).toMatchObject({ role: 'manager' })
  const hq = await signIn(t, 'headoffice')
  expect((await hq.get('/api/session')).json()).toMatchObject({ role: 'hq' })
})

test('the domain proof is served as WeCom gave it', async () => {
  await using t = await testApp({ env: { WW_VERIFY: 'AbCd1234:proof-content' } })
  const proof = await t.app.inject('/WW_verify_AbCd1234.txt')
  expect([proof.statusCode, proof.body]).toEqual([200, 'proof-content'])
  expect((await t.app.inject('/WW_verify_other.txt')).statusCode).toBe(404)
})
