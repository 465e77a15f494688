import { onScopeDispose } from 'vue'
import { useSidebarState } from './sidebar.state.ts'

/**
 * WeCom tells nobody when the guide turns to another chat. So the customer is covered as the page goes out of sight
 * (its first frame back would still show them), and WeCom is asked again on every way back.
 */
export function useFollowChat(): void {
  const state = useSidebarState()
  const onVisibility = () => (document.visibilityState === 'hidden' ? state.doubt() : state.confirm())
  const onFocus = () => state.confirm()
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) state.confirm()
  }
  document.addEventListener('visibilitychange', onVisibility)
  addEventListener('focus', onFocus)
  addEventListener('pageshow', onPageShow)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    removeEventListener('focus', onFocus)
    removeEventListener('pageshow', onPageShow)
  })
}
