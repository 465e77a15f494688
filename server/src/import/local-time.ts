const LOCAL =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:分|[:分](\d{1,2})(\.\d{1,6})?秒?)?)?$/
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[T\s]?(\d\d):?(\d\d)(?::?(\d\d))?)?$/

const DAY_MS = 86_400_000

/**
 * Makes times of a till's clock RFC 3339. A time that says its offset stays as it is; one the clock showed twice, when
 * summer ended, is the later of the two; what is no time stays as it is too, and the schema says so by name.
 */
export function createTimeReader(timeZone: string): (text: string) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  /** Minutes ahead of UTC by the local hour, or by the day where no clock is changed on it. */
  const offsets = new Map<number, number>()
  const days = new Map<number, number | undefined>()

  function offsetAt(instant: number): number {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / 60_000)
  }

  function workOut(local: number): number {
    const guess = offsetAt(local - offsetAt(local) * 60_000)
    return offsetAt(local - guess * 60_000)
  }

  function ofDay(local: number): number | undefined {
    const day = Math.floor(local / DAY_MS)
    if (days.has(day)) return days.get(day)
    // Nobody changes the clock twice within three days.
    const [before, after] = [workOut((day - 1) * DAY_MS), workOut((day + 2) * DAY_MS)]
    const offset = before === after ? before : undefined
    if (days.size > 100_000) days.clear()
    days.set(day, offset)
    return offset
  }

  function offsetOf(local: number): number {
    const day = ofDay(local)
    if (day !== undefined) return day
    const hour = Math.floor(local / 3_600_000)
    const known = offsets.get(hour)
    if (known !== undefined) return known
    const offset = workOut(local)
    if (offsets.size > 100_000) offsets.clear()
    offsets.set(hour, offset)
    return offset
  }

  return (text) => {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] =
      LOCAL.exec(text) ?? COMPACT.exec(text) ?? []
    if (!year || !month || !day) return text
    const local = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second)
    const wall = new Date(local)
    // Date.UTC makes the 31st of April the 1st of May.
    const isReal =
      wall.getUTCMonth() === +month - 1 && wall.getUTCDate() === +day && +hour < 24 && +minute < 60 && +second < 60
    if (!isReal) return text
    return `${wall.toISOString().slice(0, 19)}${fraction}${offsetWords(offsetOf(local))}`
  }
}

function offsetWords(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (count: number) => String(count).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
