import { onScopeDispose, type Ref, ref } from 'vue'

/** The time, for words such as “3 分钟前”, kept honest while the page stays open. */
export function useNow(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => {
    now.value = Date.now()
  }, 20_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
