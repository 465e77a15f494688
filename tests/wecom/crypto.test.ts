import { createCipheriv } from 'node:crypto'
import { decrypt as secondOpen, encrypt as secondSeal, getSignature as secondSignature } from '@wecom/crypto'
import { createMessageOpener } from '@zhanggui/server/wecom/crypto.ts'
import { signJsSdk } from '@zhanggui/server/wecom/js-sdk.ts'
import { describe, expect, test } from 'vitest'
import vectors from '../fixtures/crypto-vectors.json' with { type: 'json' }
import fc from '../support/properties.ts'

const RECEIVER = 'ww0123456789abcdef'
const KEYS = { token: 'CallbackTokenForTests', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
const opener = createMessageOpener(KEYS, RECEIVER)

const received = vectors.filter((vector) => 'msg_signature' in vector && 'token' in vector)

test.for(received.map((vector) => [vector.id, vector] as const))(
  '%s, published by WeCom and others, opens',
  ([, vector]) => {
    const { token = '', encodingAESKey: aesKey, receiveId, msg_signature = '', timestamp = '', nonce = '' } = vector
    const opened = createMessageOpener({ token, aesKey }, receiveId).open(
      { msg_signature, timestamp, nonce },
      vector.encrypt,
    )
    expect(opened).toBe(vector.msg)
  },
)

const anyText = fc.string({ unit: 'binary', maxLength: 2000 })
const digits = fc.stringMatching(/^\d{1,12}$/)

describe('@wecom/crypto as a second opinion', () => {
  test('what it seals, we open', () =>
    fc.assert(
      fc.property(anyText, digits, digits, (message, timestamp, nonce) => {
        const ciphertext = secondSeal(KEYS.aesKey, message, RECEIVER)
        const msg_signature = secondSignature(KEYS.token, timestamp, nonce, ciphertext)
        expect(opener.open({ msg_signature, timestamp, nonce }, ciphertext)).toBe(message)
      }),
    ))

  test('what we open, it opens to the same message and receiver', () =>
    fc.assert(
      fc.property(anyText, (message) => {
        const ciphertext = seal(message)
        const opened = secondOpen(KEYS.aesKey, ciphertext)
        expect(opened).toMatchObject({ message, id: RECEIVER })
        expect(opener.open(signed(ciphertext), ciphertext)).toBe(message)
      }),
    ))
})

test('one changed character anywhere is refused', () =>
  fc.assert(
    fc.property(anyText, fc.nat(), fc.constantFrom('A', 'z', '0', '/'), (message, at, other) => {
      const ciphertext = seal(message)
      const index = at % ciphertext.length
      fc.pre(ciphertext[index] !== other)
      const tampered = ciphertext.slice(0, index) + other + ciphertext.slice(index + 1)
      expect(() => opener.open(signed(ciphertext), tampered)).toThrow('signature')
    }),
  ))

test('random bytes under a right signature are refused, whatever they are', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const ciphertext = Buffer.from(bytes).toString('base64')
      expect(() => opener.open(signed(ciphertext), ciphertext)).toThrow()
    }),
  ))

test('a truncated ciphertext under a right signature is refused', () =>
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 20 }), (message, blocks) => {
      const whole = Buffer.from(seal(message), 'base64')
      const cut = whole.subarray(0, Math.max(0, whole.length - blocks * 16)).toString('base64')
      expect(() => opener.open(signed(cut), cut)).toThrow()
    }),
  ))

test('a message to another corp is refused though its signature is right', () => {
  const ciphertext = secondSeal(KEYS.aesKey, '<xml/>', 'wwffffffffffffffff')
  expect(() => opener.open(signed(ciphertext), ciphertext)).toThrow('somebody else')
})

test.for([
  { fault: 'padding 0', pad: 0 },
  { fault: 'padding 33', pad: 33 },
])('$fault is refused', ({ pad }) => {
  const ciphertext = sealRaw(frame('hello'), pad)
  expect(() => opener.open(signed(ciphertext), ciphertext)).toThrow()
})

test('a length beyond the message is refused', () => {
  const framed = frame('hello')
  framed.writeUInt32BE(4_000, 16)
  const ciphertext = sealRaw(framed)
  expect(() => opener.open(signed(ciphertext), ciphertext)).toThrow()
})

test('the JS-SDK signature is the published one', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
  const sign = (url: string) => signJsSdk(ticket, 'Wm3WZYTPz0wzccnW', 1414587457, url)
  expect(sign('http://mp.weixin.qq.com?params=value')).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
  expect(sign('http://mp.weixin.qq.com?params=value#top')).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
})

function seal(message: string): string {
  return sealRaw(frame(message))
}

function frame(message: string): Buffer {
  const body = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([Buffer.from('0123456789abcdef'), length, body, Buffer.from(RECEIVER)])
}

function sealRaw(plain: Buffer, padByte?: number): string {
  const pad = 32 - (plain.length % 32)
  const key = Buffer.from(`${KEYS.aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, padByte ?? pad)])),
    cipher.final(),
  ]).toString('base64')
}

function signed(ciphertext: string) {
  const timestamp = '1790000000'
  const nonce = 'n0nce'
  return { msg_signature: secondSignature(KEYS.token, timestamp, nonce, ciphertext), timestamp, nonce }
}
