import { jsSdkSignature } from '@zhanggui/wecom-simulator/sign-in/js-sdk-signature.ts'
import { expect, test } from 'vitest'
import { CORP, makeSimulator, SECRET } from './make-simulator.ts'

const GET_TOKEN = `gettoken?corpid=${CORP}&corpsecret=${SECRET}`

test('gettoken gives the same token until it expires', async () => {
  await using wecom = await makeSimulator()
  const first = await wecom.rawCall(GET_TOKEN)
  expect(first).toMatchObject({ errcode: 0, expires_in: 7200 })
  wecom.clock.advance(7_199_000)
  expect(await wecom.rawCall(GET_TOKEN)).toMatchObject({ access_token: first.access_token, expires_in: 1 })
  wecom.clock.advance(1000)
  expect(await wecom.rawCall(`getcallbackip?access_token=${first.access_token}`)).toMatchObject({ errcode: 42001 })
  expect((await wecom.rawCall(GET_TOKEN)).access_token).not.toBe(first.access_token)
})

test('a call without, with a strange, or with an expired token', async () => {
  await using wecom = await makeSimulator()
  const { access_token } = await wecom.rawCall(GET_TOKEN)
  const call = (token: unknown) => wecom.rawCall(`getcallbackip?access_token=${token}`)
  expect(await wecom.rawCall('getcallbackip')).toMatchObject({ errcode: 41001 })
  expect(await call('strange')).toMatchObject({ errcode: 40014 })
  expect(await call(access_token)).toMatchObject({ errcode: 0 })
  wecom.simulator.expireToken()
  expect(await call(access_token)).toMatchObject({ errcode: 42001 })
  expect(await call((await wecom.rawCall(GET_TOKEN)).access_token)).toMatchObject({ errcode: 0 })
})

test('a revoked secret ends the token too', async () => {
  await using wecom = await makeSimulator()
  const { access_token } = await wecom.rawCall(GET_TOKEN)
  const secret = wecom.simulator.revokeSecret()
  expect(await wecom.rawCall(`getcallbackip?access_token=${access_token}`)).toMatchObject({ errcode: 40014 })
  expect(await wecom.rawCall(GET_TOKEN)).toMatchObject({ errcode: 40001 })
  expect(await wecom.rawCall(`gettoken?corpid=${CORP}&corpsecret=${secret}`)).toMatchObject({ errcode: 0 })
})

test('too many wrong secrets ban the IP for an hour', async () => {
  await using wecom = await makeSimulator()
  for (let times = 0; times < 30; times++) {
    expect(await wecom.rawCall(`gettoken?corpid=${CORP}&corpsecret=guess${times}`)).toMatchObject({ errcode: 40001 })
  }
  expect(await wecom.rawCall(GET_TOKEN)).toMatchObject({ errcode: 45009 })
  wecom.clock.advance(3_600_001)
  expect(await wecom.rawCall(GET_TOKEN)).toMatchObject({ errcode: 0 })
})

test('corp and app tickets differ, and a signature with the wrong one is told apart', async () => {
  await using wecom = await makeSimulator()
  const { ticket: corp } = await wecom.call('get_jsapi_ticket')
  const { ticket: agent } = await wecom.call('ticket/get', { query: { type: 'agent_config' } })
  expect(await wecom.call('ticket/get')).toMatchObject({ errcode: 91040 })
  expect(corp).not.toBe(agent)
  const page = { url: 'https://guide.test/sidebar/?tab=a', timestamp: 1790000000, nonceStr: 'n1' }
  const signed = (ticket: unknown) => jsSdkSignature(String(ticket), page.nonceStr, page.timestamp, page.url)
  const check = (signature: string) =>
    wecom.simulator.checkJsSdkSignature({ kind: 'agent', ...page, url: `${page.url}#chat`, signature })
  expect(check(signed(agent))).toEqual({ ok: true })
  expect(check(signed(corp))).toEqual({ ok: false, errcode: 42012 })
  expect(check(signed('nonsense'))).toEqual({ ok: false, errcode: 40093 })
  wecom.simulator.expireTicket()
  expect(check(signed(agent))).toEqual({ ok: false, errcode: 40093 })
})

test('the app ticket may be fetched a hundred times an hour', async () => {
  await using wecom = await makeSimulator()
  const fetchTicket = () => wecom.call('ticket/get', { query: { type: 'agent_config' } })
  const answers = []
  for (let times = 0; times < 101; times++) answers.push((await fetchTicket()).errcode)
  expect(answers.filter((errcode) => errcode === 0)).toHaveLength(100)
  expect(answers.at(-1)).toBe(45009)
  wecom.clock.advance(3_600_001)
  expect(await fetchTicket()).toMatchObject({ errcode: 0 })
})

test('calls are logged without token, secret and code', async () => {
  await using wecom = await makeSimulator()
  await wecom.call('auth/getuserinfo', { query: { code: 'guess' } })
  const log = JSON.stringify(wecom.simulator.calls.all)
  const { access_token } = await wecom.rawCall(GET_TOKEN)
  for (const secret of [SECRET, String(access_token), 'guess']) expect(log).not.toContain(secret)
  expect(wecom.simulator.calls.count('auth/getuserinfo', 40029)).toBe(1)
})
