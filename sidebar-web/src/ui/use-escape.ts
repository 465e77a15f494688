import { onScopeDispose } from 'vue'

/** Wherever the focus is: what was pressed last may have left the page. */
export function useEscape(leave: () => void): void {
  const onKey = (event: KeyboardEvent) => {
    // Escape first ends what a Chinese input method is composing.
    if (event.key === 'Escape' && !event.isComposing) leave()
  }
  document.addEventListener('keydown', onKey)
  onScopeDispose(() => document.removeEventListener('keydown', onKey))
}
