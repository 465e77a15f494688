import { reactive } from 'vue'
import type { MessageContent } from '../../control-types.ts'

/** What waits in the input box of one chat until the guide presses 发送. */
export interface Draft {
  text: string
  /** Part of the text came from the sidebar. */
  textFromSidebar: boolean
  /** Cards and media the sidebar put in, in order. */
  cards: { id: number; content: MessageContent }[]
}

const drafts = reactive(new Map<string, Draft>())
let cards = 0

export function draftOf(guide: string, chat: string): Draft {
  const key = `${guide} ${chat}`
  const draft = drafts.get(key)
  if (draft) return draft
  drafts.set(key, { text: '', textFromSidebar: false, cards: [] })
  return draftOf(guide, chat)
}

/** As the desktop client does: texts run together, anything else waits beside them. */
export function putIntoBox(draft: Draft, content: MessageContent): void {
  if (content.kind === 'text') {
    draft.text += content.text
    draft.textFromSidebar = true
  } else {
    draft.cards.push({ id: ++cards, content })
  }
}

export function isEmpty(draft: Draft): boolean {
  return draft.cards.length === 0 && draft.text.trim() === ''
}

/** Empties the box; what was in it, in the order it is sent. */
export function takeOut(draft: Draft): { content: MessageContent; via: 'typed' | 'sidebar' }[] {
  const sent: { content: MessageContent; via: 'typed' | 'sidebar' }[] = draft.cards.map(({ content }) => ({
    content,
    via: 'sidebar',
  }))
  if (draft.text.trim())
    sent.unshift({ content: { kind: 'text', text: draft.text }, via: draft.textFromSidebar ? 'sidebar' : 'typed' })
  draft.text = ''
  draft.textFromSidebar = false
  draft.cards = []
  return sent
}
