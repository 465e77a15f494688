import { expect, test } from 'vitest'
import { anna, gold, monthly, openMembership, silver } from './member-story.ts'

test('a tier is reached at once, with the numbers kept', async () => {
  await using story = await openMembership()
  await story.send('tiers', [silver, gold])
  await story.send('members', [anna])
  await story.work()
  expect(await story.tier()).toBeUndefined()
  await story.buy('o1', 100_000)
  expect(await story.tier()).toBe('silver')
  await story.buy('o2', 450_000)
  expect(await story.tier()).toBe('gold')
  expect(await story.moves()).toEqual([
    { at: expect.any(String), from: 'silver', to: 'gold', cause: 'reached', basis: 'rolling_3_months', spend: 550_000, threshold: 500_000 },
    { at: expect.any(String), to: 'silver', cause: 'reached', basis: 'lifetime', spend: 100_000, threshold: 100_000 },
  ])
})

test('a tier not earned again is lost at the end of the month and its grace, not before', async () => {
  await using story = await openMembership({ now: new Date('2026-06-10T10:00:00+08:00') })
  await story.send('tiers', [silver, gold])
  await story.send('members', [anna])
  await story.buy('o1', 500_000)
  expect(await story.tier()).toBe('gold')
  const seen: string[] = []
  for (const time of ['2026-07-01T00:00:00', '2026-09-05T00:00:00', '2026-09-11T00:00:00', '2026-10-01T00:00:00', '2026-10-07T23:59:00', '2026-10-08T00:00:00']) {
    await story.at(time)
    seen.push((await story.tier()) ?? '')
  }
  expect(seen).toEqual(['gold', 'gold', 'gold', 'gold', 'gold', 'silver'])
  expect((await story.moves())[0]).toMatchObject({ from: 'gold', to: 'silver', cause: 'lapsed', at: '2026-10-07T16:00:00.000Z' })
})
