import { readArguments } from '@zhanggui/server/sync/arguments.ts'
import { createTracker } from '@zhanggui/server/sync/progress.ts'
import { createProgressView } from '@zhanggui/server/sync/show-progress.ts'
import { describe, expect, test } from 'vitest'

test.for([
  [[], { parts: ['guides', 'tags', 'customers', 'groups'], full: false }],
  [['--full'], { parts: ['guides', 'tags', 'customers', 'groups'], full: true }],
  [['customers'], { parts: ['customers'], full: false }],
  [['groups', '--full', 'guides'], { parts: ['guides', 'groups'], full: true }],
] as const)('%j is understood', ([args, wish]) => {
  expect(readArguments(args)).toEqual(wish)
})

test('what is not a part is refused with the usage', () => {
  expect(readArguments(['orders'])).toMatch(/no orders to sync.*guides\|tags\|customers\|groups/)
})

test('the expected rows follow what the finished units turned out to hold', () => {
  const tracker = createTracker('customers', { units: 0, rows: 0, expectedRows: 0 })
  tracker.add([
    { syncUnitId: 1, expectedRows: 1_000, rows: 0 },
    { syncUnitId: 2, expectedRows: 1_000, rows: 0 },
  ])
  expect(tracker.read()).toMatchObject({ rows: 0, expectedRows: 2_000, unitsDone: 0, units: 2 })
  tracker.advance(1, 500)
  tracker.end(1)
  tracker.advance(2, 100)
  expect(tracker.read()).toMatchObject({ rows: 600, expectedRows: 1_000, unitsDone: 1, units: 2 })
})

describe('the view', () => {
  /** Ten thousand rows, a thousand a second. */
  function watch(isTTY: boolean, seconds: number) {
    const written: string[] = []
    let now = 0
    const view = createProgressView({ isTTY, columns: 120, write: (text) => written.push(text) }, () => now)
    for (let second = 0; second <= seconds; second += 1) {
      now = second * 1_000
      view.show({ part: 'customers', units: 10, unitsDone: second, rows: second * 1_000, expectedRows: 10_000 })
    }
    return { view, written }
  }

  test('is a bar with rate and time left on a terminal', () => {
    const { written } = watch(true, 4)
    expect(written.at(-1)).toBe(
      '\r\x1b[2Kcustomers █████████░░░░░░░░░░░░░░░ 40 % · 4 000 of 10 000 · 1 000/s · 0:06 left',
    )
  })

  test('is a line every five seconds elsewhere', () => {
    const { written } = watch(false, 9)
    expect(written).toEqual(['customers 50 % · 5 000 of 10 000 · 1 000/s · 0:05 left\n'])
  })
})
