import { onScopeDispose, watch } from 'vue'

/** Runs `work` every so often while the page is in sight; `everyMs` undefined means that there is nothing to wait for. */
export function usePolling(everyMs: () => number | undefined, work: () => void): void {
  let timer: number | undefined
  watch(
    everyMs,
    (every) => {
      clearInterval(timer)
      if (every === undefined) return
      timer = window.setInterval(() => document.visibilityState === 'visible' && work(), every)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
}
