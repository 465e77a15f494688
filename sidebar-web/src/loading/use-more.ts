import { computed, ref, shallowRef } from 'vue'
import type { Loaded } from './use-loaded.ts'

/** The pages after the first, added to what is shown. */
export function useMore<T extends { nextCursor?: string }>(
  loaded: Loaded<T>,
  loadAfter: (cursor: string) => Promise<T>,
  join: (shown: T, next: T) => T,
) {
  const busy = ref(false)
  const error = shallowRef<unknown>()
  const hasMore = computed(() => loaded.data.value?.nextCursor !== undefined)

  async function more(): Promise<void> {
    const shown = loaded.data.value
    if (busy.value || shown?.nextCursor === undefined) return
    busy.value = true
    error.value = undefined
    try {
      const next = await loadAfter(shown.nextCursor)
      // A refresh or another question in the meantime: this page belongs to a list no longer shown.
      if (loaded.data.value === shown) loaded.replace(join(shown, next))
    } catch (cause) {
      error.value = cause
    } finally {
      busy.value = false
    }
  }

  return { hasMore, more, busy, error }
}
