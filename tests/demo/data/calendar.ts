const DAY_MS = 86_400_000
/** Shanghai has had no summer time since 1991. */
const OFFSET_MS = 8 * 3_600_000

/** A day in Shanghai, `2026-11-23`. */
export type Day = string

export function shanghaiDay(now: Date): Day {
  return new Date(now.getTime() + OFFSET_MS).toISOString().slice(0, 10)
}

/** `days` after `day`; negative for before. */
export function dayAfter(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** RFC 3339; `seconds` since midnight. */
export function timeOn(day: Day, seconds: number): string {
  const at = new Date(Date.parse(day) + seconds * 1000).toISOString()
  return `${at.slice(0, 19)}+08:00`
}

export function dayOf(time: string): Day {
  return shanghaiDay(new Date(time))
}

/** 1 Monday … 7 Sunday */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}
