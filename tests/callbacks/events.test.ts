import { jobsFor } from '@zhanggui/server/callbacks/dispatch.ts'
import type { CallbackEvent } from '@zhanggui/server/callbacks/events.ts'
import { parseEvent } from '@zhanggui/server/callbacks/parse-event.ts'
import { expect, test } from 'vitest'
import { startStory } from '../support/server.ts'
import { innerXml, samples } from './samples.ts'

const AT = 1_790_000_000

test.for(samples.map((sample) => [sample.name, sample] as const))('%s is read whole', ([, sample]) => {
  const parsed = parseEvent(innerXml(sample, AT), sample.receiver ?? 'app', '1000002')
  expect(parsed).toMatchObject({ name: sample.name, at: new Date(AT * 1000) })
  expect(parsed.data).toEqual(sample.data)
})

test('every event WeCom sends is stored under its name through the front door', async () => {
  await using story = await startStory({ role: 'web' })
  const { simulator, db } = story
  for (const [second, sample] of samples.entries()) {
    const sealed = simulator.seal(innerXml(sample, AT + second), sample.receiver ?? 'app')
    const answer = await simulator.sendRaw(sealed)
    expect([sample.name, answer.status, answer.text]).toEqual([sample.name, 200, 'success'])
  }
  const stored = await db
    .selectFrom('callbackInbox')
    .select(['event', 'endpoint', 'eventAt'])
    .orderBy('eventAt')
    .execute()
  expect(stored.map((row) => row.event)).toEqual(samples.map((sample) => sample.name))
  expect(stored.map((row) => row.eventAt.getTime())).toEqual(samples.map((_, second) => (AT + second) * 1000))
  expect(stored.filter((row) => row.endpoint === 'contacts')).toHaveLength(7)
  const metrics = await (await fetch(`${story.server.url}/metrics`)).text()
  expect(metrics).toContain('zhanggui_callbacks_total{event="unknown",outcome="stored"} 2')
})

test('what makes two callbacks one: the same content, told again', () => {
  const digest = (xml: string, endpoint: 'app' | 'contacts' = 'app', agentId = '1') =>
    parseEvent(xml, endpoint, agentId).digest
  const seen = new Map<string, string>()
  for (const sample of samples) {
    const first = digest(innerXml(sample, AT))
    expect(digest(innerXml(sample, AT))).toBe(first)
    expect(digest(innerXml(sample, AT + 1))).not.toBe(first)
    expect(digest(innerXml(sample, AT), 'app', '2')).not.toBe(first)
    // del_external_contact is listed twice: with and without its Source it is the same deletion.
    if (sample.name !== 'follow.ended_by_guide') expect(seen.get(first)).toBeUndefined()
    seen.set(first, sample.name)
  }
})

test('two customers who add one guide in one second are two callbacks', () => {
  const added = (customer: string) =>
    parseEvent(
      `<xml><FromUserName>sys</FromUserName><CreateTime>${AT}</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>LinXiao</UserID><ExternalUserID>${customer}</ExternalUserID></xml>`,
      'app',
      undefined,
    )
  expect(added('wmA').digest).not.toBe(added('wmB').digest)
})

test('the jobs of a new friend: welcome first, in a lane of its own', () => {
  const { name, data, at } = parseEvent(innerXml(samples[0] ?? { name: '', xml: '', data: {} }, AT), 'app', undefined)
  const { jobs } = jobsFor({ name, data, at, receivedAt: at } as CallbackEvent)
  expect(jobs.map((job) => [job.task, job.priority])).toEqual([
    ['send_welcome', -10],
    ['start_follow', 0],
  ])
})
