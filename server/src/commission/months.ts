import { shanghaiDay } from '../wording/days.ts'

/** The moments a month of Asia/Shanghai begins and ends. */
export function boundsOf(month: string): { from: Date; to: Date } {
  return { from: firstMoment(month), to: firstMoment(shiftMonth(month, 1)) }
}

/** YYYY-MM in Asia/Shanghai. */
export function monthOf(at: Date): string {
  return shanghaiDay(at).slice(0, 7)
}

export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7)
}

function firstMoment(month: string): Date {
  return new Date(`${month}-01T00:00:00+08:00`)
}
