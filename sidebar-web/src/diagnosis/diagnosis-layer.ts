import { onScopeDispose, ref } from 'vue'

/** Whether the page of diagnosis lies over everything else. */
export const diagnosing = ref(false)

const TAPS = 5
const WITHIN_MS = 2_500
/** The head of every page: the small header's height. */
const HEAD_PX = 56

/**
 * Five quick taps at the very top open it: it can be said over the phone, works on every page, also where nothing
 * else does, and nobody does it by mistake.
 */
export function useHiddenTaps(): void {
  let taps: number[] = []
  const onClick = ({ clientY, timeStamp }: MouseEvent) => {
    taps = clientY > HEAD_PX ? [] : [...taps.filter((at) => at > timeStamp - WITHIN_MS), timeStamp]
    if (taps.length < TAPS) return
    taps = []
    diagnosing.value = true
  }
  document.addEventListener('click', onClick)
  onScopeDispose(() => document.removeEventListener('click', onClick))
}

export const loadDiagnosisPage = () => import('./DiagnosisPage.vue')
