import type { CounterRedeemed } from '@zhanggui/shared/redemption.ts'
import { shallowRef } from 'vue'
import type { ApiError } from '../api/api-error.ts'
import { makeRequestId } from '../sharing/request-id.ts'
import { isRefusal } from './redeem-words.ts'
import { postRedemption } from './redemption-api.ts'

export type Answer =
  | { kind: 'green'; code: string; redeemed: CounterRedeemed }
  | { kind: 'red'; code: string; error: ApiError }
  /** The question or its answer was lost on the way. */
  | { kind: 'unclear'; code: string; error: unknown }

/** One code at a time. Asked again after silence it is the same request, so that it is not taken for a second one. */
export function useRedemption() {
  const busy = shallowRef(false)
  const answer = shallowRef<Answer>()
  let asked: { code: string; requestId: string } | undefined

  async function redeem(typed: string): Promise<void> {
    const code = typed.trim()
    if (busy.value || !code) return
    if (asked?.code !== code) asked = { code, requestId: makeRequestId() }
    busy.value = true
    try {
      answer.value = { kind: 'green', code, redeemed: await postRedemption(code, asked.requestId) }
      asked = undefined
    } catch (error) {
      answer.value = isRefusal(error) ? { kind: 'red', code, error } : { kind: 'unclear', code, error }
      if (isRefusal(error)) asked = undefined
    } finally {
      busy.value = false
    }
  }

  function clear(): void {
    answer.value = undefined
  }

  return { busy, answer, redeem, clear }
}
