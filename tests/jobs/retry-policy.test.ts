import { RunLater } from '@zhanggui/server/jobs/job.ts'
import { judge } from '@zhanggui/server/jobs/retry-policy.ts'
import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import { expect, test } from 'vitest'

const NOW = new Date('2026-09-21T10:00:00+08:00')
const wecom = (errcode: number | undefined, until?: Date) =>
  new WecomError({ endpoint: 'externalcontact/get', doc: '92114', errcode, until })

test.for([
  { says: 'busy', error: wecom(-1), verdict: 'retry' },
  { says: 'nothing at all', error: wecom(undefined), verdict: 'retry' },
  { says: 'too many at once', error: wecom(45033), verdict: 'retry' },
  { says: 'a token gone bad even after its renewal', error: wecom(42001), verdict: 'retry' },
  { says: 'no right to the API', error: wecom(48002), verdict: 'alert' },
  { says: 'an address it does not trust', error: wecom(60020), verdict: 'alert' },
  { says: 'no such relation', error: wecom(84061), verdict: 'dropped' },
  { says: 'not a customer of ours', error: wecom(40096), verdict: 'dropped' },
  { says: 'a bad parameter', error: wecom(40058), verdict: 'final' },
  { says: 'a code we do not know', error: wecom(999999), verdict: 'final' },
  { says: 'too many tags', error: wecom(40126), verdict: 'final' },
])('WeCom says $says: $verdict', ({ error, verdict }) => {
  expect(judge(error, 1, NOW, 0.5).kind).toBe(verdict)
})

test('a closed window is waited out, and not everybody comes back at once', () => {
  const until = new Date(NOW.getTime() + 60_000)
  const early = judge(wecom(45009, until), 1, NOW, 0)
  const late = judge(wecom(45009, until), 1, NOW, 0.99)
  expect(early).toMatchObject({ kind: 'retry', at: until })
  expect(late.kind === 'retry' && late.at.getTime()).toBeGreaterThan(until.getTime() + 5_000)
})

test('pauses grow, up to ten minutes, and end', () => {
  const pauses = Array.from({ length: 11 }, (_, index) => {
    const verdict = judge(wecom(-1), index + 1, NOW, 0.5)
    return verdict.kind === 'retry' ? verdict.at.getTime() - NOW.getTime() : Number.NaN
  })
  expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(Math.max(...pauses)).toBe(600_000)
  expect(judge(wecom(-1), 12, NOW, 0.5).kind).toBe('exhausted')
  expect(judge(new Error('ours'), 12, NOW, 0.5).kind).toBe('exhausted')
})

test('a task that knows when to come back is asked so often, and no more', () => {
  const later = new RunLater('not yet', 300_000, 2)
  expect(judge(later, 1, NOW, 0.5)).toMatchObject({ kind: 'retry', at: new Date(NOW.getTime() + 300_000) })
  expect(judge(later, 2, NOW, 0.5).kind).toBe('exhausted')
})
