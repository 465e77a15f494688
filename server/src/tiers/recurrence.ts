import { shanghaiDay } from '../wording/days.ts'

/** Days of the month 1-31 and of the week 1-7, Monday first; a month without such a day has none. */
export interface Recurrence {
  monthDays: number[]
  weekdays: number[]
}

/** `day` as YYYY-MM-DD. */
export function isOn({ monthDays, weekdays }: Recurrence, day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  return weekdays.includes(weekday) || monthDays.includes(Number(day.slice(8)))
}

/** The first such day from the day of `now` on, in Asia/Shanghai; undefined: there is none. */
export function nextDay(recurs: Recurrence, now: Date): string | undefined {
  const today = shanghaiDay(now)
  // The 31st may be two months away, the 30th of February never comes.
  for (let ahead = 0; ahead < 63; ahead++) {
    const day = shiftDay(today, ahead)
    if (isOn(recurs, day)) return day
  }
  return undefined
}

export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
}

/** The moment a day of Asia/Shanghai begins. */
export function startOf(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`)
}
