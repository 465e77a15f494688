import { ref } from 'vue'

/** The simulator's time, which need not be this computer's. Milliseconds. */
export const now = ref(Date.now())

let offset = 0

export function isoNow(): string {
  return new Date(Date.now() + offset).toISOString()
}

export function setClock(iso: string): void {
  offset = Date.parse(iso) - Date.now()
  now.value = Date.now() + offset
}

setInterval(() => {
  now.value = Date.now() + offset
}, 20_000)

const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

export function clockTime(at: string | number): string {
  return parts.format(new Date(at))
}

/** As in the list of chats: 刚刚, 10:21, 昨天, 9月2日, 2025年9月2日. */
export function shortWhen(at: string): string {
  const then = Date.parse(at)
  if (now.value - then < 60_000) return '刚刚'
  const date = day.format(then)
  if (date === day.format(now.value)) return clockTime(at)
  if (date === day.format(now.value - 86_400_000)) return '昨天'
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return day.format(now.value).startsWith(`${year}-`)
    ? `${month}月${dayOfMonth}日`
    : `${year}年${month}月${dayOfMonth}日`
}

/** As between two messages: 14:02, 昨天 14:02, 9月2日 14:02. */
export function longWhen(at: string): string {
  const time = clockTime(at)
  return day.format(Date.parse(at)) === day.format(now.value) ? time : `${shortWhen(at)} ${time}`
}
