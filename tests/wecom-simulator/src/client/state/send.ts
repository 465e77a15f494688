import type { MessageContent } from '../../control-types.ts'
import { act } from '../api.ts'
import { type Draft, takeOut } from './drafts.ts'
import { attempt } from './notices.ts'

/** What stands in the input box goes out, one after another. */
export async function sendDraft(guide: string, chat: string, draft: Draft): Promise<void> {
  for (const { content, via } of takeOut(draft)) {
    const sent = await attempt(() => act('guideSends', { guide, chat, content, via }))
    if (!sent) return
  }
}

export async function sendNow(guide: string, chat: string, content: MessageContent): Promise<boolean> {
  const sent = await attempt(() => act('guideSends', { guide, chat, content, via: 'sidebar' }))
  return sent !== undefined
}
