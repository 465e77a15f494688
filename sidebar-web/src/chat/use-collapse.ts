import { onScopeDispose, type Ref, ref, watch } from 'vue'

/** Height of the small header that stays: `.pinned` and `.compact` count on it. */
const COMPACT_PX = 44

/** Whether the list has scrolled so far that the small header takes the place of the large one. */
export function useCollapse(scroller: Readonly<Ref<HTMLElement | null>>, header: Readonly<Ref<HTMLElement | null>>) {
  const collapsed = ref(false)
  let observer: IntersectionObserver | undefined

  watch(header, (element) => {
    observer?.disconnect()
    if (!element) return
    observer = new IntersectionObserver(
      (entries) => {
        collapsed.value = entries.some((entry) => !entry.isIntersecting)
      },
      { root: scroller.value, rootMargin: `-${COMPACT_PX}px 0px 0px` },
    )
    observer.observe(element)
  })
  onScopeDispose(() => observer?.disconnect())

  /** Another tab begins at its top, with the header as small as it was. */
  function settle(): void {
    if (!scroller.value || !header.value) return
    scroller.value.scrollTop = collapsed.value ? header.value.offsetHeight - COMPACT_PX : 0
  }

  return { collapsed, settle }
}
