import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decrypt, encrypt, signature } from '@zhanggui/wecom-simulator/callbacks/crypto.ts'
import { sealCallback } from '@zhanggui/wecom-simulator/callbacks/seal.ts'
import { jsSdkSignature } from '@zhanggui/wecom-simulator/sign-in/js-sdk-signature.ts'
import { describe, expect, test } from 'vitest'
import fc from '../support/properties.ts'
import { CALLBACK } from './make-simulator.ts'

interface Vector {
  name: string
  token?: string
  aesKey: string
  receiveId: string
  timestamp?: string
  nonce?: string
  random16?: string
  message: string
  encrypted: string
  signature?: string
}

/** V: published by WeCom and SDKs; S: made for the edges of the padding. */
const vectors: Vector[] = JSON.parse(readFileSync(join(import.meta.dirname, 'crypto-vectors.json'), 'utf8'))

test('there are twelve vectors', () => expect(vectors).toHaveLength(12))

describe.for(vectors)('$name', (vector) => {
  test('opens to its message', () => {
    const opened = decrypt(vector.aesKey, vector.encrypted)
    expect(opened).toMatchObject({ message: vector.message, receiveId: vector.receiveId })
  })

  test('is sealed again to the same bytes', () => {
    const { random16 } = decrypt(vector.aesKey, vector.encrypted)
    if (vector.random16) expect(random16.toString()).toBe(vector.random16)
    expect(encrypt(vector.aesKey, vector.receiveId, vector.message, random16)).toBe(vector.encrypted)
  })
})

// V6 is published without a signature.
test.for(vectors.filter((vector) => vector.name !== 'V6'))('$name has its signature', (vector) => {
  const { token = '', timestamp = '', nonce = '' } = vector
  expect(signature(token, timestamp, nonce, vector.encrypted)).toBe(vector.signature)
})

test('opening what was sealed gives back any message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (message) => {
      return decrypt(CALLBACK.aesKey, encrypt(CALLBACK.aesKey, 'ww1', message)).message === message
    }),
  )
})

test('a key that is not 43 letters and digits is refused', () => {
  for (const key of ['', `${CALLBACK.aesKey}A`, CALLBACK.aesKey.slice(1), `${CALLBACK.aesKey.slice(1)}=`]) {
    expect(() => encrypt(key, 'ww1', 'x')).toThrow('43')
  }
})

test('a contacts envelope has no AgentID, an app envelope has', () => {
  const settings = { url: 'http://127.0.0.1/', ...CALLBACK }
  const at = new Date('2026-11-20T10:00:00+08:00')
  expect(sealCallback(settings, { corpId: 'ww1' }, '<xml/>', at).body).not.toContain('AgentID')
  expect(sealCallback(settings, { corpId: 'ww1', agentId: '7' }, '<xml/>', at).body).toContain('<AgentID><![CDATA[7]]>')
})

test('a page is signed as doc 90506 shows it', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
  const signed = jsSdkSignature(ticket, 'Wm3WZYTPz0wzccnW', 1414587457, 'http://mp.weixin.qq.com?params=value#top')
  expect(signed).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
})
