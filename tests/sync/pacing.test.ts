import { createCallBudget } from '@zhanggui/server/sync/call-budget.ts'
import { createLane } from '@zhanggui/server/sync/lane.ts'
import { createPace } from '@zhanggui/server/sync/paced-wecom.ts'
import { planUnits } from '@zhanggui/server/sync/plan-units.ts'
import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import type { Wecom } from '@zhanggui/server/wecom/port.ts'
import { describe, expect, test } from 'vitest'
import { testClock } from '../support/clock.ts'
import fc from '../support/properties.ts'

const START = new Date('2026-11-23T03:31:00+08:00')
const LIST = 'externalcontact/get_follow_user_list'

describe('the call budget', () => {
  test('never lets more calls into any window than it holds', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 200 }), (pauses) => {
        const rules = [
          { windowMs: 60_000, calls: 20 },
          { windowMs: 600_000, calls: 60 },
        ]
        const budget = createCallBudget(rules)
        const made: number[] = []
        let now = START.getTime()
        for (const pause of pauses) {
          now += pause
          now += budget.delay(now)
          expect(budget.delay(now)).toBe(0)
          budget.spend(1, now)
          made.push(now)
        }
        for (const { windowMs, calls } of rules)
          for (const from of made)
            expect(made.filter((at) => at >= from && at < from + windowMs).length).toBeLessThanOrEqual(calls)
      }),
    ))

  test('makes up its mind again as soon as a window has moved on', () => {
    const budget = createCallBudget([{ windowMs: 60_000, calls: 10 }])
    const now = START.getTime()
    budget.spend(10, now)
    expect(budget.delay(now)).toBeGreaterThan(59_000)
    expect(budget.delay(now + 61_000)).toBe(0)
  })
})

describe('a lane', () => {
  test('grows by one after a round of good answers and is halved once for a whole round of refusals', async () => {
    const lane = createLane(32)
    const first = lane.width
    for (let answers = 0; answers < first; answers += 1) lane.answered(0, 50)
    expect(lane.width).toBe(first + 1)
    for (let answers = 0; answers < 1_000; answers += 1) lane.answered(answers, 50)
    expect(lane.width).toBe(32)
    // All of them were under way together: that is one piece of news.
    for (let refusals = 0; refusals < 10; refusals += 1) lane.overloaded(1_000 + refusals, 1_050 + refusals)
    expect(lane.width).toBe(16)
    lane.overloaded(1_100, 1_150)
    expect(lane.width).toBe(8)
  })

  test('is halved when answers take far longer than they used to', () => {
    const lane = createLane(32)
    for (let answers = 0; answers < 100; answers += 1) lane.answered(answers, 50)
    const { width } = lane
    lane.answered(1_000, 2_000)
    expect(lane.width).toBe(Math.floor(width / 2))
  })

  test('never has more inside than it is wide, and lets in those who wait', async () => {
    const lane = createLane(3)
    let inside = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        await lane.enter()
        inside += 1
        most = Math.max(most, inside)
        await new Promise((resolve) => setImmediate(resolve))
        inside -= 1
        lane.leave()
      }),
    )
    expect(most).toBe(3)
    expect(inside).toBe(0)
  })
})

describe('a paced call', () => {
  /** WeCom answering with these errcodes in turn, then well; time passes only by waiting. */
  function pacedAfter(errcodes: (number | undefined)[], callsMade?: () => Promise<number>) {
    const clock = testClock(START)
    const waits: number[] = []
    const left = [...errcodes]
    let calls = 0
    const fail = async (endpoint: string): Promise<never> => {
      throw new WecomError({ endpoint, doc: '', errcode: left.shift() })
    }
    const wecom: Wecom = {
      call: async (endpoint) => (left.length > 0 ? fail(endpoint) : ({ follow_user: [] } as never)),
      upload: () => fail('media/upload'),
      ticket: () => fail('ticket/get'),
      close: async () => {},
    }
    const pace = createPace({
      wecom,
      clock,
      widest: 4,
      rules: [{ windowMs: 60_000, calls: 100 }],
      callsMade,
      wait: async (ms) => {
        waits.push(ms)
        clock.advance(ms)
      },
    })
    const paced = pace(() => {
      calls += 1
    })
    return { call: () => paced.call(LIST, {}), waits, calls: () => calls }
  }

  test('waits out the window of a 45009', async () => {
    const { call, waits, calls } = pacedAfter([45009])
    await call()
    expect(calls()).toBe(2)
    expect(waits).toEqual([60_000])
  })

  test.for([
    { what: 'busy', errcode: -1, tries: 4 },
    { what: 'silent', errcode: undefined, tries: 6 },
    { what: 'crowded', errcode: 45033, tries: 20 },
  ])('gives up on a $what WeCom after $tries tries', async ({ errcode, tries }) => {
    const enough = pacedAfter(Array<number | undefined>(tries - 1).fill(errcode))
    await enough.call()
    const tooMany = pacedAfter(Array<number | undefined>(tries).fill(errcode))
    await expect(tooMany.call()).rejects.toThrow(WecomError)
    expect(tooMany.calls()).toBe(tries)
  })

  test('does not repeat what WeCom has decided', async () => {
    const { call, calls } = pacedAfter([48002])
    await expect(call()).rejects.toMatchObject({ errcode: 48002 })
    expect(calls()).toBe(1)
  })

  test('counts what others of this process call', async () => {
    let others = 0
    const { call, waits } = pacedAfter([], async () => others)
    await call()
    others += 200
    await call()
    expect(waits).toHaveLength(1)
  })
})

describe('units', () => {
  test('hold every guide once, never more than a call may name, and waste little', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12_000 }), { maxLength: 400 }), (sizes) => {
        const guides = sizes.map((_, index) => `G${index}`)
        const known = new Map(sizes.map((size, index) => [`G${index}`, size]))
        const units = planUnits(guides, known)
        expect(units.flatMap(({ subjects }) => subjects).sort()).toEqual([...guides].sort())
        for (const { subjects } of units) expect(subjects.length).toBeLessThanOrEqual(100)
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const pages = units.reduce((sum, { expectedRows }) => sum + Math.max(1, Math.ceil(expectedRows / 100)), 0)
        expect(pages).toBeLessThanOrEqual(Math.ceil(total / 100) * 1.1 + 5)
      }),
    ))

  test('of a corp nobody has read before are of twenty guides', () => {
    const guides = Array.from({ length: 2_000 }, (_, index) => `G${index}`)
    expect(planUnits(guides, new Map())).toHaveLength(100)
  })
})
