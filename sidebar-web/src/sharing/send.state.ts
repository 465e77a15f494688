import type { ShareRequest, ShareView } from '@zhanggui/shared/share.ts'
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import { ApiError, worthRetrying } from '../api/api-error.ts'
import { useSidebarState } from '../chat/sidebar.state.ts'
import type { WeComError } from '../wecom/wecom-error.ts'
import { makeRequestId } from './request-id.ts'
import { type SendResult, sendShare } from './send-share.ts'
import { handedOverWords, notSentWords, withdrawWords } from './send-words.ts'
import { withdrawShare } from './share-api.ts'

/** Read twice, with time for a tap. */
const TOAST_MS = 10_000

export type Sendable = Omit<ShareRequest, 'requestId'>

interface Toast {
  text: string
  action?: { label: string; run: () => void }
}

export interface Refusal {
  share: ShareView
  error: WeComError
  answered: boolean
  again: () => void
}

/** What is being sent, and what came of the last time. One thing at a time: a second tap finds `sending` set. */
export const useSendState = defineStore('send', () => {
  const sidebar = useSidebarState()
  const sending = ref<string>()
  const toast = shallowRef<Toast>()
  const refusal = shallowRef<Refusal>()
  // Taking a coupon back is for the moment after: an hour later the customer may have it long since.
  watch(toast, (shown, _before, onCleanup) => {
    if (!shown) return
    const leaving = setTimeout(hush, TOAST_MS)
    onCleanup(() => clearTimeout(leaving))
  })

  /** One id per thing until it is in the chat: trying again after a failure must not issue a second coupon. */
  const requestIds = new Map<string, string>()

  async function send(item: Sendable): Promise<void> {
    if (sending.value !== undefined) return
    const key = keyOf(item)
    sending.value = key
    toast.value = refusal.value = undefined
    const requestId = requestIds.get(key) ?? makeRequestId()
    requestIds.set(key, requestId)
    try {
      tell(item, await sendShare({ ...item, requestId }))
    } catch (error) {
      toast.value = notSent(item, error)
    } finally {
      sending.value = undefined
    }
  }

  function tell(item: Sendable, result: SendResult): void {
    if (result.kind === 'handed_over' || result.kind === 'other_customer') requestIds.delete(keyOf(item))
    // Another customer is on screen by now: what became of this card would be read as theirs.
    if (sidebar.externalUserId !== item.externalUserId) return
    if (result.kind === 'handed_over') {
      refusal.value = undefined
      toast.value = handedOver(item, result.share)
      sidebar.changed()
    } else if (result.kind === 'other_customer') {
      sidebar.confirm().then(() => say('聊天换了一位顾客,刚才没有发送。看清楚再点'))
    } else if (result.kind === 'refused') {
      const { share, error, later } = result
      const shown: Refusal = { share, error, answered: later === undefined, again: () => send(item) }
      refusal.value = shown
      later?.then(
        (late) => refusal.value === shown && settle(item, late),
        () => {}, // what is on screen already says that it is not certain
      )
    }
  }

  /** The client answered after all: what was uncertain is not any more. */
  function settle(item: Sendable, late: SendResult): void {
    refusal.value = undefined
    tell(item, late)
  }

  function handedOver(item: Sendable, share: ShareView): Toast {
    const text = handedOverWords(navigator.userAgent)
    return item.kind === 'coupon' ? { text, action: { label: '撤回券', run: () => withdraw(share) } } : { text }
  }

  function notSent(item: Sendable, error: unknown): Toast {
    if (error instanceof ApiError && error.code === 'request_id_reused') requestIds.delete(keyOf(item))
    if (worthRetrying(error)) return { text: notSentWords(error), action: { label: '重试', run: () => send(item) } }
    sidebar.changed() // what is on screen offered what cannot be had
    return { text: notSentWords(error) }
  }

  async function withdraw(share: ShareView): Promise<void> {
    toast.value = undefined
    try {
      await withdrawShare(share.shareId)
      toast.value = { text: '券已撤回,聊天框里的卡片记得删掉' }
    } catch (error) {
      const action = worthRetrying(error) ? { action: { label: '重试', run: () => withdraw(share) } } : {}
      toast.value = { text: withdrawWords(error), ...action }
    }
    sidebar.changed()
  }

  function say(text: string): void {
    toast.value = { text }
  }

  function hush(): void {
    toast.value = undefined
  }

  function dismiss(): void {
    refusal.value = undefined
  }

  // Another customer: nothing said about the last one stays.
  watch(
    () => sidebar.externalUserId,
    () => {
      toast.value = refusal.value = undefined
    },
    { flush: 'sync' },
  )

  return { sending, toast, refusal, send, say, hush, dismiss }
})

export function keyOf(item: Sendable): string {
  return `${item.externalUserId}/${item.kind}/${item.refId ?? ''}`
}
