import { type HeldVersion, judgeAnswer, judgeStep, pauseBeforeAsking } from '@zhanggui/server/groups/member-version.ts'
import { expect, test } from 'vitest'

const NOW = new Date('2026-09-21T10:00:00Z')
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

function held(changes: Partial<HeldVersion> = {}): HeldVersion {
  return { memberVersion: 'B', heardAt: null, unsureSince: null, ended: null, met: [], ...changes }
}

const met = (version: string, superseded: boolean, secondsAgo: number) => ({
  version,
  superseded,
  heardAt: before(secondsAgo),
})

test.for<[string, string, string | undefined, HeldVersion, ReturnType<typeof judgeStep>]>([
  ['follows what is held', 'B', 'C', held(), 'fits'],
  ['is what is held', 'A', 'B', held(), 'known'],
  ['skips something', 'C', 'D', held(), 'unfitting'],
  ['names no version', 'B', undefined, held(), 'unfitting'],
  ['is of a group never read', 'B', 'C', held({ memberVersion: null }), 'unfitting'],
  ['is of a group that is over', 'B', 'C', held({ ended: 'dismissed' }), 'unfitting'],
  ['is older than what is held for certain', '0', 'A', held({ met: [met('A', true, 60)] }), 'known'],
  [
    'is old while nothing is certain',
    '0',
    'A',
    held({ met: [met('A', true, 60)], unsureSince: before(1) }),
    'unfitting',
  ],
])('a change that %s', ([, last, current, state, worth]) => {
  expect(judgeStep({ last, current, complete: true }, state)).toBe(worth)
})

test('a change list that is not complete never fits', () => {
  expect(judgeStep({ last: 'B', current: 'C', complete: false }, held())).toBe('unfitting')
})

test.for<[string, string, HeldVersion, { taken: boolean; certain: boolean }]>([
  ['long after the last callback', 'Z', held({ heardAt: before(60) }), { taken: true, certain: true }],
  ['of what is held', 'B', held({ heardAt: before(3) }), { taken: true, certain: true }],
  ['too soon after a callback', 'B', held({ heardAt: before(1) }), { taken: true, certain: false }],
  ['unknown and too soon', 'Z', held({ heardAt: before(1) }), { taken: false, certain: false }],
  ['unknown but late enough', 'Z', held({ heardAt: before(3) }), { taken: true, certain: true }],
  [
    'superseded',
    'A',
    held({ heardAt: before(3), met: [met('A', true, 3), met('B', false, 3)] }),
    { taken: false, certain: false },
  ],
  [
    'announced by a callback',
    'D',
    held({ heardAt: before(3), met: [met('C', true, 3), met('D', false, 3)] }),
    { taken: true, certain: true },
  ],
  [
    'not yet what a callback announced',
    'B',
    held({ heardAt: before(3), met: [met('C', true, 3), met('D', false, 3)] }),
    { taken: true, certain: false },
  ],
  [
    'of a group just dissolved',
    'B',
    held({ heardAt: before(3), ended: 'dismissed' }),
    { taken: false, certain: false },
  ],
  ['of a group that was missed', 'B', held({ heardAt: before(3), ended: 'missing' }), { taken: true, certain: true }],
  ['the first ever', 'A', held({ memberVersion: null, heardAt: before(1) }), { taken: true, certain: false }],
])('an answer %s', ([, version, state, verdict]) => {
  expect(judgeAnswer(version, NOW, state)).toEqual(verdict)
})

test('the pauses between readings grow, and begin with WeCom’s lag', () => {
  expect([0, 1, 4, 8].map((age) => pauseBeforeAsking(NOW, before(age)) / 1000)).toEqual([2, 2, 4, 8])
})
