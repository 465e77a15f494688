import type { SidebarOpen } from '@zhanggui/shared/guide-action.ts'
import { onScopeDispose, watch } from 'vue'
import { useSidebarState } from '../chat/sidebar.state.ts'
import { whenIdle } from '../loading/when-idle.ts'
import { makeRequestId } from '../sharing/request-id.ts'

interface Opening {
  openId: string
  of: SidebarOpen
  since: number
}

/**
 * Tells how long the sidebar was in sight of which chat: HQ's process figures count on it. An opening ends as the
 * page goes out of sight or the guide turns to another chat; a question to WeCom in between does not end it.
 */
export function useOpenings(): void {
  const state = useSidebarState()
  let opening: Opening | undefined

  function end(): void {
    if (opening) tell(opening, { ...opening.of, lastedMs: Math.round(performance.now() - opening.since) })
    opening = undefined
  }

  function begin(of: SidebarOpen): void {
    const mine: Opening = { openId: makeRequestId(), of, since: performance.now() }
    opening = mine
    // The first customer comes first. Should the page be gone by then, its end will tell of the whole.
    whenIdle(() => opening === mine && tell(mine, of))
  }

  function follow(): void {
    if (state.unsure || document.visibilityState === 'hidden') return
    const of = inSight()
    if (sameChat(of, opening?.of)) return
    end()
    if (of) begin(of)
  }

  function inSight(): SidebarOpen | undefined {
    if (state.failure) return undefined
    if (state.externalUserId) return { externalUserId: state.externalUserId }
    return state.chat?.kind === 'group' ? { chatId: state.chat.chatId } : undefined
  }

  const onVisibility = () => (document.visibilityState === 'hidden' ? end() : follow())
  watch([() => state.unsure, () => state.externalUserId, () => state.chat, () => state.failure], follow, {
    immediate: true,
  })
  document.addEventListener('visibilitychange', onVisibility)
  addEventListener('pagehide', end)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    removeEventListener('pagehide', end)
    end()
  })
}

function sameChat(one: SidebarOpen | undefined, other: SidebarOpen | undefined): boolean {
  return one?.externalUserId === other?.externalUserId && one?.chatId === other?.chatId
}

/** Outlives the page. Whether it arrives is no concern of the guide's: nothing waits for it, nothing is shown. */
function tell({ openId }: Opening, body: SidebarOpen): void {
  fetch(`/api/opens/${openId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-requested-with': 'zhanggui' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => {})
}
