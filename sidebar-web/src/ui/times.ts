const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** China has one time zone and no summer time, so a fixed shift is its calendar. */
const SHANGHAI_OFFSET = 8 * HOUR

interface ShanghaiTime {
  year: number
  month: number
  day: number
  clock: string
  /** Days since 1970-01-01 in Shanghai. */
  dayNumber: number
}

function shanghai(at: number): ShanghaiTime {
  const shifted = new Date(at + SHANGHAI_OFFSET)
  const pad = (value: number) => String(value).padStart(2, '0')
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    clock: `${pad(shifted.getUTCHours())}:${pad(shifted.getUTCMinutes())}`,
    dayNumber: Math.floor((at + SHANGHAI_OFFSET) / DAY),
  }
}

/** Calendar days from one moment to another, as a shop counts them: 23:59 to 00:01 is one day. */
export function daysBetween(from: number, to: number): number {
  return shanghai(to).dayNumber - shanghai(from).dayNumber
}

/** 今天, 昨天, 4月22日, and with the year when it is another one. */
export function dayWords(time: string, now: number): string {
  const at = Date.parse(time)
  const days = daysBetween(at, now)
  if (days === 0) return '今天'
  if (days === 1) return '昨天'
  return dateWords(at, now)
}

function dateWords(at: number, now: number): string {
  const then = shanghai(at)
  const date = `${then.month}月${then.day}日`
  return then.year === shanghai(now).year ? date : `${then.year}年${date}`
}

/** 今天 14:05, 昨天 09:30, 4月22日. */
export function momentWords(time: string, now: number): string {
  const day = dayWords(time, now)
  return day === '今天' || day === '昨天' ? `${day} ${shanghai(Date.parse(time)).clock}` : day
}

/** 刚刚, 5 分钟前, 2 小时前, 昨天, 63 天前. */
export function ageWords(at: number, now: number): string {
  const age = now - at
  if (age < MINUTE) return '刚刚'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} 分钟前`
  const days = daysBetween(at, now)
  if (days === 0 || age < 12 * HOUR) return `${Math.floor(age / HOUR)} 小时前`
  return days === 1 ? '昨天' : `${days} 天前`
}

/** Days since a purchase: 今天, 昨天, 63 天前. */
export function daysAgoWords(time: string, now: number): string {
  const days = daysBetween(Date.parse(time), now)
  if (days <= 0) return '今天'
  return days === 1 ? '昨天' : `${days} 天前`
}

/** For the timeline: an age while it is fresh, then the date. */
export function timelineWords(time: string, now: number): string {
  const at = Date.parse(time)
  return now - at < 2 * DAY ? ageWords(at, now) : dateWords(at, now)
}

/** The last moment something counts: an end at midnight belongs to the day before. */
function lastMoment(validTo: string): number {
  return Date.parse(validTo) - 1000
}

/** 今天 23:59 到期, 明天到期, 3 天后到期, 11月30日到期, 已过期. */
export function expiryWords(validTo: string, now: number): string {
  if (Date.parse(validTo) <= now) return '已过期'
  const last = lastMoment(validTo)
  const days = daysBetween(now, last)
  if (days === 0) return `今天 ${shanghai(last).clock} 到期`
  if (days === 1) return '明天到期'
  return days <= 7 ? `${days} 天后到期` : `${dateWords(last, now)}到期`
}

export function expiresSoon(validTo: string, now: number): boolean {
  return Date.parse(validTo) > now && daysBetween(now, lastMoment(validTo)) <= 2
}

/** 至 12月31日 */
export function untilWords(validTo: string, now: number): string {
  return `至\u00a0${dateWords(lastMoment(validTo), now)}`
}

/** 2026年9月 */
export function monthWords(time: string): string {
  const { year, month } = shanghai(Date.parse(time))
  return `${year}年${month}月`
}

/** 5月20日 from a date without a year or a time: 1990-05-20. */
export function birthdayWords(date: string): string {
  const [, month, day] = date.split('-')
  return `${Number(month)}月${Number(day)}日`
}
