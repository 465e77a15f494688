import { expect, test } from 'vitest'
import { CORP, makeSimulator, type TestSimulator } from './make-simulator.ts'

const BACK = 'https://guide.test/auth/callback?next=%2Fsidebar%2F'

function authorize({ simulator }: TestSimulator, changes: Record<string, string> = {}, cookie?: string) {
  const query = new URLSearchParams({
    appid: CORP,
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'abc123',
    agentid: '1000077',
    ...changes,
  })
  const headers = cookie === undefined ? undefined : { cookie }
  return fetch(`${simulator.url}/connect/oauth2/authorize?${query}`, { redirect: 'manual', headers })
}

async function codeFor(wecom: TestSimulator, account: string) {
  const answer = await authorize(wecom, {}, `other=1; simulator_account=${account}`)
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

const userInfo = (wecom: TestSimulator, code: string) => wecom.call('auth/getuserinfo', { query: { code } })

test('a guide comes back with a code that works once', async () => {
  await using wecom = await makeSimulator()
  const answer = await authorize(wecom, { simulator_account: 'linxiao' })
  expect(answer.status).toBe(302)
  const back = new URL(answer.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe('https://guide.test/auth/callback')
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ next: '/sidebar/', state: 'abc123' })
  const code = back.searchParams.get('code') ?? ''
  expect(await userInfo(wecom, code)).toMatchObject({ errcode: 0, userid: 'LinXiao' })
  expect(await userInfo(wecom, code)).toMatchObject({ errcode: 40029 })
})

test('a code expires after five minutes', async () => {
  await using wecom = await makeSimulator()
  const code = await codeFor(wecom, 'LinXiao')
  wecom.clock.advance(300_001)
  expect(await userInfo(wecom, code)).toMatchObject({ errcode: 42003 })
})

test('a customer is no member: openid, and external_userid when somebody follows them', async () => {
  await using wecom = await makeSimulator()
  const known = await userInfo(wecom, await codeFor(wecom, 'wmAnna'))
  expect(known).toMatchObject({ errcode: 0, openid: expect.any(String), external_userid: 'wmAnna' })
  expect(known).not.toHaveProperty('userid')
  expect(await userInfo(wecom, await codeFor(wecom, 'wmNobody'))).not.toHaveProperty('external_userid')
})

test('outside the client there is only a page that says so', async () => {
  await using wecom = await makeSimulator()
  const answer = await authorize(wecom)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('请在企业微信客户端打开链接')
})

test.for<[string, Record<string, string>]>([
  ['another appid', { appid: 'wwOther' }],
  ['another response_type', { response_type: 'token' }],
  ['another scope', { scope: 'snsapi_userinfo' }],
  ['another agentid', { agentid: '1' }],
  ['a relative redirect_uri', { redirect_uri: '/auth/callback' }],
  ['a script as redirect_uri', { redirect_uri: 'javascript:alert(1)' }],
  ['a domain that is not trusted', { redirect_uri: 'https://guide.test:444/auth/callback' }],
  ['a state with signs', { state: 'a-b' }],
])('%s is refused', async ([, changes]) => {
  await using wecom = await makeSimulator({ trustedDomains: ['guide.test'] })
  const answer = await authorize(wecom, { simulator_account: 'LinXiao', ...changes })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('location')).toBeNull()
})
