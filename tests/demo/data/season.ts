import { type Day, dayAfter, weekdayOf } from './calendar.ts'

/** How much busier than an ordinary weekday; first and last day as `MM-dd`. */
const feasts: readonly [from: string, to: string, busier: number][] = [
  ['01-18', '02-09', 1.5], // before the Spring Festival
  ['02-10', '02-14', 1.7],
  ['03-05', '03-08', 1.5],
  ['05-01', '05-05', 1.6],
  ['05-18', '05-20', 1.9],
  ['06-15', '06-18', 1.8],
  ['08-16', '08-25', 1.4], // about 七夕
  ['10-01', '10-07', 1.8],
  ['11-07', '11-11', 2.3],
  ['12-20', '12-31', 1.9],
]

export function busyness(day: Day): number {
  const date = day.slice(5)
  const feast = feasts.find(([from, to]) => from <= date && date <= to)
  const weekend = weekdayOf(day) >= 6 ? 1.6 : 1
  return weekend * (feast?.[2] ?? 1)
}

export interface SeasonDay {
  daysAgo: number
  busyness: number
}

/** From `from` days ago to `to` days ago, oldest first. */
export function seasonDays(today: Day, from: number, to: number): SeasonDay[] {
  return Array.from({ length: from - to + 1 }, (_, place) => {
    const daysAgo = from - place
    return { daysAgo, busyness: busyness(dayAfter(today, -daysAgo)) }
  })
}
