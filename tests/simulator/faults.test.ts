import { expect, test } from 'vitest'
import { CORP, makeSimulator, SECRET } from './make-simulator.ts'

const FOLLOWERS = 'externalcontact/get_follow_user_list'

test('an endpoint fails as often as it is told to', async () => {
  await using wecom = await makeSimulator()
  wecom.simulator.failNext(FOLLOWERS, -1, 2)
  const codes = []
  for (let times = 0; times < 3; times++) codes.push((await wecom.call(FOLLOWERS)).errcode)
  expect(codes).toEqual([-1, -1, 0])
  expect(await wecom.call('getcallbackip')).toMatchObject({ errcode: 0 })
})

test('throttled, down and back', async () => {
  await using wecom = await makeSimulator()
  wecom.simulator.setNetwork('throttled')
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 45009 })
  wecom.simulator.setNetwork('down')
  await expect(wecom.call(FOLLOWERS)).rejects.toThrow()
  wecom.simulator.setNetwork('normal')
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 0 })
})

test('10 000 calls a minute, then a minute’s block', async () => {
  const { createRateLimits, MINUTE_RULE } = await import('@zhanggui/wecom-simulator/cloud/limits.ts')
  const limits = createRateLimits()
  const at = (ms: number) => new Date(1_790_000_000_000 + ms)
  for (let calls = 0; calls < 10_000; calls++) limits.take('user/get', MINUTE_RULE, at(calls))
  expect(() => limits.take('user/get', MINUTE_RULE, at(30_000))).toThrow('freq')
  expect(() => limits.take('user/get', MINUTE_RULE, at(89_999))).toThrow('freq')
  limits.take('user/list', MINUTE_RULE, at(30_000))
  limits.take('user/get', MINUTE_RULE, at(90_000))
})

test('too many calls of one endpoint at once', async () => {
  await using wecom = await makeSimulator({ concurrencyPerEndpoint: 2 })
  const release = wecom.simulator.hold(FOLLOWERS)
  const calls = [wecom.call(FOLLOWERS), wecom.call(FOLLOWERS), wecom.call(FOLLOWERS)]
  expect(await Promise.race(calls)).toMatchObject({ errcode: 45033 })
  release()
  const codes = (await Promise.all(calls)).map(({ errcode }) => errcode)
  expect(codes.sort()).toEqual([0, 0, 45033])
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 0 })
})

test('a GET to a POST endpoint, broken JSON and escaped characters', async () => {
  await using wecom = await makeSimulator()
  const { access_token: token } = await wecom.rawCall(`gettoken?corpid=${CORP}&corpsecret=${SECRET}`)
  const path = `externalcontact/batch/get_by_user?access_token=${token}`
  const post = (body: string) => wecom.rawCall(path, { method: 'POST', body })
  expect(await wecom.rawCall(path)).toMatchObject({ errcode: 40063 })
  const broken = await post('{"userid_list": [')
  expect(broken).toMatchObject({ errcode: 40035 })
  expect(broken.errmsg).toContain('wrong json format')
  expect(await post('{"userid_list":["\\u5f20"]}')).toMatchObject({ errcode: 40033 })
  expect(await post('{"userid_list":"zhou"}')).toMatchObject({ errcode: 40058 })
})

test('the same seed and the same actions give the same world', async () => {
  const run = async () => {
    await using wecom = await makeSimulator()
    const friends = [
      await wecom.simulator.addFriend({ guide: 'zhou' }),
      await wecom.simulator.addFriend({ guide: 'zhou' }),
    ]
    return friends.map(({ externalUserId }) => wecom.simulator.world.customers.get(externalUserId))
  }
  const first = await run()
  expect(first[0]?.name).toMatch(/^\p{Script=Han}{2,4}$/u)
  expect(await run()).toEqual(first)
})
