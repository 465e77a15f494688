import type { Standing } from '@zhanggui/shared/group.ts'

interface Place {
  standing: Standing
  scrollTop: number
}

let left: { chatId: string; place: Place } | undefined

/** Where the guide was in a group's list when a customer's card was opened from it. */
export function rememberPlace(chatId: string, place: Place): void {
  left = { chatId, place }
}

export function findPlace(chatId: string): Place | undefined {
  return left?.chatId === chatId ? left.place : undefined
}
