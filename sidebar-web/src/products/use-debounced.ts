import { onScopeDispose, type Ref, ref, watch } from 'vue'

/** The text once typing has paused; clearing counts at once. */
export function useDebounced(text: Readonly<Ref<string>>, pauseMs = 250): Readonly<Ref<string>> {
  const settled = ref(text.value.trim())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, (typed) => {
    clearTimeout(timer)
    const trimmed = typed.trim()
    if (trimmed === '') settled.value = ''
    else
      timer = setTimeout(() => {
        settled.value = trimmed
      }, pauseMs)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
