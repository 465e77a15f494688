import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import { TAG_UNDO_MS } from '@zhanggui/shared/limits.ts'
import type { CardTags } from '@zhanggui/shared/tag.ts'
import { onScopeDispose, type Ref, shallowRef } from 'vue'
import type { Loaded } from '../loading/use-loaded.ts'
import { tapTags } from './tag-api.ts'
import { addWish, type TagWish } from './tag-wishes.ts'
import { doneWords, failedWords, mayTryAgain } from './tag-words.ts'

/** What is said at the foot of the page, and the one thing that can be done about it. */
interface Notice {
  text: string
  action?: { label: string; run: () => void }
}

const FAILURE_MS = 10_000

/**
 * Taps on tags: seen at once through `wishes`, sent one request at a time, so that none overtakes another. For five
 * seconds after the last, all taps since the first of them can be taken back.
 */
export function useTagging(customer: Loaded<CustomerCard>, wishes: Ref<readonly TagWish[]>) {
  const notice = shallowRef<Notice>()
  let unsent: readonly TagWish[] = []
  let undoable: readonly TagWish[] = []
  let sending = false
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  function toggle(wish: TagWish): void {
    const isBack = undoable.some(({ tagId, wanted }) => tagId === wish.tagId && wanted !== wish.wanted)
    undoable = isBack ? undoable.filter(({ tagId }) => tagId !== wish.tagId) : addWish(undoable, wish)
    want([wish])
    if (undoable.length > 0) say({ text: doneWords(undoable), action: { label: '撤销', run: undo } }, TAG_UNDO_MS)
    else hush()
  }

  function undo(): void {
    const back = undoable.map((wish) => ({ ...wish, wanted: !wish.wanted }))
    hush()
    want(back)
  }

  /** Without a way back: what a refusal is answered with. */
  function want(more: readonly TagWish[]): void {
    for (const wish of more) {
      unsent = addWish(unsent, wish)
      wishes.value = addWish(wishes.value, wish)
    }
    send()
  }

  async function send(): Promise<void> {
    const batch = unsent
    const card = customer.data.value
    if (sending || batch.length === 0 || !card) return
    sending = true
    unsent = []
    try {
      show(await tapTags(card.externalUserId, batch))
    } catch (error) {
      undoable = []
      const action = mayTryAgain(error) ? { action: { label: '重试', run: () => want(batch) } } : {}
      say({ text: failedWords(batch, error), ...action }, FAILURE_MS)
    } finally {
      sending = false
      // What was tapped again in the meantime is still on its way.
      wishes.value = unsent
      send()
    }
  }

  function show({ tags, pending, refusals }: CardTags): void {
    const tagging = pending || refusals.length > 0 ? { pending, refusals } : undefined
    customer.amend(({ tagging: _before, ...card }) => ({ ...card, tags, ...(tagging && { tagging }) }))
  }

  function say(what: Notice, forMs: number): void {
    clearTimeout(timer)
    notice.value = what
    timer = setTimeout(hush, forMs)
  }

  function hush(): void {
    clearTimeout(timer)
    notice.value = undefined
    undoable = []
  }

  return { notice, toggle, want }
}
