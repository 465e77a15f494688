import { ref } from 'vue'
import { Refused } from '../api.ts'

export interface Notice {
  id: number
  text: string
}

/** One short line at a time; a newer one takes its place. */
export const notice = ref<Notice>()

const SHOWN_MS = 3200
let count = 0

export function say(text: string): void {
  const id = ++count
  notice.value = { id, text }
  setTimeout(() => {
    if (notice.value?.id === id) notice.value = undefined
  }, SHOWN_MS)
}

/** Runs what a button started, and says so when it did not work. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action()
  } catch (cause) {
    say(cause instanceof Refused ? cause.message : '模拟器没有回应,看看它是否还开着')
    return undefined
  }
}
