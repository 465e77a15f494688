import { randomBytes } from 'node:crypto'
import { redact } from '@zhanggui/server/doctor/redact.ts'
import { createPresenter } from '@zhanggui/server/doctor/show-results.ts'
import { guessBits } from '@zhanggui/server/doctor/strength.ts'
import { describe, expect, test } from 'vitest'
import fc from '../support/properties.ts'

describe('how hard a secret is to guess', () => {
  test('what a generator makes is strong', () => {
    for (let times = 0; times < 200; times++) {
      expect(guessBits(randomBytes(24).toString('hex'))).toBeGreaterThan(100)
      expect(guessBits(randomBytes(16).toString('hex'))).toBeGreaterThan(60)
      expect(guessBits(randomBytes(32).toString('latin1'))).toBeGreaterThan(100)
    }
  })

  test('repeating it adds nothing', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), fc.integer({ min: 2, max: 9 }), (text, times) => {
        expect(guessBits(text.repeat(times))).toBeCloseTo(guessBits(text))
      }),
    ))

  test.for([
    '0123456789012345',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'passwordpasswordpasswordpassword',
    '',
    'x',
  ])('%j is weak', (text) => {
    expect(guessBits(text)).toBeLessThan(40)
  })
})

test('no secret gets through, however it is surrounded', () =>
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 40 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'●●●'.includes(secret))
      expect(redact(`${before}${secret}${after}`, ['something-else', secret])).not.toContain(secret)
    }),
  ))

test('lines stand under each other in a terminal, whatever the width of their characters', () => {
  const { lines } = createPresenter(false)
  const result = (title: string) =>
    lines({ id: 'x', group: '企业微信', title, status: 'ok', found: 'FOUND' }).at(-1) ?? ''
  const columns = (line: string) =>
    [...line.slice(0, line.indexOf('FOUND'))].reduce((sum, sign) => sum + (sign > '⺀' ? 2 : 1), 0)
  const ends = ['应用', '企业可信IP', '能加客户的人', '网页授权域名'].map((title) => columns(result(title)))
  expect(new Set(ends).size).toBe(1)
})
