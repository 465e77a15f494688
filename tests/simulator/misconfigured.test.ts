import { expect, test } from 'vitest'
import { callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected, makeSimulator } from './make-simulator.ts'

const FOLLOWERS = 'externalcontact/get_follow_user_list'

test('an address that is not trusted may only fetch a token, and is named', async () => {
  await using wecom = await makeSimulator()
  wecom.simulator.setTrustedIp(false)
  const refused = await wecom.call('user/get', { query: { userid: 'zhou' } })
  expect(refused).toMatchObject({ errcode: 60020 })
  expect(refused.errmsg).toContain('from ip: 127.0.0.1')
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 60020 })
  wecom.simulator.setTrustedIp(true)
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 0 })
})

test('an app outside 可调用接口的应用 may not speak of customers', async () => {
  await using wecom = await makeSimulator()
  wecom.simulator.setCustomerContact(false)
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 48002 })
  expect(await wecom.call('user/get', { query: { userid: 'zhou' } })).toMatchObject({ errcode: 0 })
  wecom.simulator.setCustomerContact(true)
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 0 })
})

test('a corp that hardly uses WeCom loses its customers’ data until it does again', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  await (await wecom.simulator.setLowActivity(true)).delivered
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 48011 })
  await (await wecom.simulator.setLowActivity(false)).delivered
  expect(await wecom.call(FOLLOWERS)).toMatchObject({ errcode: 0 })
  expect(receiver.received.map(fieldsOf)).toEqual([
    { Event: 'low_active', AgentID: '1000077' },
    { Event: 'active_restored', AgentID: '1000077' },
  ])
})

test('one endpoint stays refused until it is not', async () => {
  await using wecom = await makeSimulator()
  const ticket = () => wecom.call('ticket/get', { query: { type: 'agent_config' } })
  wecom.simulator.refuse('ticket/get', 42012)
  expect([(await ticket()).errcode, (await ticket()).errcode]).toEqual([42012, 42012])
  wecom.simulator.refuse('ticket/get', 0)
  expect(await ticket()).toMatchObject({ errcode: 0 })
})

test('the clock of WeCom may be off', async () => {
  await using wecom = await makeSimulator()
  const date = async () => {
    const answer = await fetch(`${wecom.simulator.url}/cgi-bin/gettoken`)
    return Date.parse(answer.headers.get('date') ?? '') - wecom.clock.now().getTime()
  }
  expect(await date()).toBe(0)
  wecom.simulator.setClockSkew(-90_000)
  expect(await date()).toBe(-90_000)
})
