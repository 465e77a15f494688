import { randomBytes } from 'node:crypto'
import { encrypt } from '@zhanggui/wecom-simulator/callbacks/crypto.ts'
import { sign } from '@zhanggui/wecom-simulator/callbacks/seal.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEnv } from '../support/env.ts'
import { CALLBACK, type Story, startStory } from '../support/server.ts'

let story: Story
let url: string

beforeAll(async () => {
  story = await startStory({ role: 'web' })
  url = `${story.server.url}/callbacks/wecom`
})
afterAll(() => story[Symbol.asyncDispose]())

const SECRET_TEXT = 'wmSecretCustomer'
const event = `<xml><FromUserName>sys</FromUserName><CreateTime>1790000000</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>edit_external_contact</ChangeType><UserID>LinXiao</UserID><ExternalUserID>${SECRET_TEXT}</ExternalUserID></xml>`

interface Case {
  what: string
  status: number
  code: string
  body?: string
  query?: string
}

function sealed(inner: string, receiver = testEnv.WECOM_CORP_ID) {
  return signed(encrypt(CALLBACK.aesKey, receiver, inner))
}

function signed(ciphertext: string): { query: string; body: string } {
  const query = new URLSearchParams({ ...sign({ ...CALLBACK, url: '' }, ciphertext, new Date()) }).toString()
  return { query, body: `<xml><Encrypt><![CDATA[${ciphertext}]]></Encrypt></xml>` }
}

const good = sealed(event)

const cases: Case[] = [
  { what: 'an empty body', status: 400, code: 'bad_envelope', ...good, body: '' },
  { what: 'a body that is no XML', status: 400, code: 'bad_envelope', ...good, body: 'hello' },
  {
    what: 'an envelope without Encrypt',
    status: 400,
    code: 'bad_envelope',
    ...good,
    body: '<xml><ToUserName>a</ToUserName></xml>',
  },
  {
    what: 'two Encrypts',
    status: 400,
    code: 'bad_envelope',
    ...good,
    body: '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>',
  },
  { what: 'a DOCTYPE', status: 400, code: 'bad_envelope', ...good, body: `<!DOCTYPE x>${good.body}` },
  { what: 'deep nesting', status: 400, code: 'bad_envelope', ...good, body: '<a>'.repeat(20_000) },
  {
    what: 'more than 64 KB',
    status: 413,
    code: 'payload_too_large',
    ...good,
    body: `<xml>${' '.repeat(66_000)}</xml>`,
  },
  { what: 'no signature', status: 400, code: 'validation_failed', ...good, query: '' },
  {
    what: 'a wrong signature',
    status: 401,
    code: 'bad_signature',
    ...good,
    query: good.query.replace(/msg_signature=./, 'msg_signature=x'),
  },
  { what: 'a repeated nonce', status: 400, code: 'validation_failed', ...good, query: `${good.query}&nonce=2` },
  {
    what: 'another ciphertext under this signature',
    status: 401,
    code: 'bad_signature',
    ...good,
    body: sealed(event).body,
  },
  { what: 'a foreign receiver', status: 403, code: 'foreign_receiver', ...sealed(event, 'wwffffffffffffffff') },
  {
    what: 'random bytes, rightly signed',
    status: 400,
    code: 'bad_ciphertext',
    ...signed(randomBytes(64).toString('base64')),
  },
  { what: 'no Base64, rightly signed', status: 400, code: 'bad_ciphertext', ...signed('***not base64***') },
  {
    what: 'a truncated ciphertext, rightly signed',
    status: 400,
    code: 'bad_ciphertext',
    ...signed(encrypt(CALLBACK.aesKey, testEnv.WECOM_CORP_ID, event).slice(0, 128)),
  },
  { what: 'plaintext that is no XML', status: 400, code: 'bad_event', ...sealed('no xml') },
  {
    what: 'plaintext without CreateTime',
    status: 400,
    code: 'bad_event',
    ...sealed('<xml><MsgType>event</MsgType></xml>'),
  },
  {
    what: 'plaintext nested too deep',
    status: 400,
    code: 'bad_event',
    ...sealed(`<xml>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</xml>`),
  },
]

describe('what is not WeCom’s is turned away, kept nowhere, counted, and logged without content', () => {
  test.for(cases.map((given) => [given.what, given] as const))('%s', async ([, { status, code, body, query }]) => {
    const lines = story.server.logs.length
    const answer = await story.simulator.sendRaw({ url, body: body ?? '', query: query ?? '' })
    expect(answer.status).toBe(status)
    const problem = JSON.parse(answer.text)
    expect(problem).toMatchObject({ status, code })
    expect(answer.text).not.toContain('    at ')
    const metrics = await (await fetch(`${story.server.url}/metrics`)).text()
    expect(metrics).toMatch(new RegExp(`zhanggui_callbacks_total\\{event="none",outcome="${code}"\\} \\d`))
    const said = story.server.logs.slice(lines).join('\n')
    expect(said).toContain('callback refused')
    expect(said).not.toContain(SECRET_TEXT)
    expect(said).not.toContain('msg_signature')
    expect(await story.db.selectFrom('callbackInbox').selectAll().execute()).toEqual([])
  })
})

test('an endpoint without keys says so', async () => {
  await using bare = await startStory({ role: 'web', env: { WECOM_CONTACTS_TOKEN: '', WECOM_CONTACTS_AES_KEY: '' } })
  const answer = await bare.simulator.sendRaw({ url: `${bare.server.url}/callbacks/wecom/contacts`, ...good })
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([404, 'callback_not_configured'])
})

test('the two endpoints have keys of their own', async () => {
  const answer = await story.simulator.sendRaw({ url: `${story.server.url}/callbacks/wecom/contacts`, ...good })
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([401, 'bad_signature'])
})

test('URL verification answers exactly the plaintext, within its second', async () => {
  for (const receiver of ['app', 'contacts'] as const) {
    const verified = await story.simulator.verifyCallbackUrl(receiver)
    expect(verified).toMatchObject({ ok: true })
  }
})

test('any content type will do', async () => {
  for (const contentType of [
    'text/xml',
    'application/xml; charset=utf-8',
    'application/json',
    'text/plain',
    undefined,
  ]) {
    const { query, body } = sealed(event)
    const answer = await story.simulator.sendRaw({ url, query, body, ...(contentType ? { contentType } : {}) })
    expect([contentType, answer.status]).toEqual([contentType, 200])
  }
})
