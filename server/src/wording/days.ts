const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function read(date: Date): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]))
}

/** YYYY-MM-DD in Asia/Shanghai. */
export function shanghaiDay(date: Date): string {
  const { year, month, day } = read(date)
  return `${year}-${month}-${day}`
}

/** 2026年12月31日 */
export function formatDay(date: Date): string {
  const { year, month, day } = read(date)
  return `${year}年${Number(month)}月${Number(day)}日`
}

/** The last minute before an end that is not itself included: midnight reads as 23:59 of the day before. */
export function formatUntil(end: Date): string {
  const last = new Date(end.getTime() - 1)
  const { hour, minute } = read(last)
  return `${formatDay(last)} ${hour}:${minute}`
}

/** 9月21日 10:05 */
export function formatMinute(date: Date): string {
  const { month, day, hour, minute } = read(date)
  return `${Number(month)}月${Number(day)}日 ${hour}:${minute}`
}
