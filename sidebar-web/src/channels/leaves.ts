import type { Leave } from '@zhanggui/shared/channel.ts'

const SHANGHAI_MS = 8 * 3_600_000

/** YYYY-MM-DD in Asia/Shanghai. */
export function todayIn(now: number): string {
  return new Date(now + SHANGHAI_MS).toISOString().slice(0, 10)
}

export function isOnLeave(leaves: readonly Leave[], day: string): boolean {
  return leaves.some(({ from, to }) => from <= day && day <= to)
}

/** Leaves that are over are shown to nobody and need not be kept. */
export function upcoming(leaves: readonly Leave[], today: string): Leave[] {
  return leaves.filter(({ to }) => to >= today)
}

export function addLeave(leaves: readonly Leave[], leave: Leave): Leave[] {
  const others = leaves.filter(({ from, to }) => from !== leave.from || to !== leave.to)
  return [...others, leave].sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** 12月1日, 12月1日–12月3日 */
export function leaveWords({ from, to }: Leave): string {
  return from === to ? dayOf(from) : `${dayOf(from)}–${dayOf(to)}`
}

function dayOf(day: string): string {
  const [, month, date] = day.split('-')
  return `${Number(month)}月${Number(date)}日`
}
