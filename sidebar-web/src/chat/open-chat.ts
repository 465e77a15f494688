import type { SessionView } from '@zhanggui/shared/session.ts'
import { getSession, signPage } from '../api/session.ts'
import { startCustomer } from '../customer/customer-api.ts'
import { startGroup } from '../group/group-api.ts'
import { type Chat, connect, inWeCom, readChat } from '../wecom/wecom.ts'

export type Opened = { kind: 'outside' } | { kind: 'inside'; session: SessionView; chat: Chat }

/** Who is signed in and whose chat this is; the customer's data are asked for in the same breath. */
export async function openChat(): Promise<Opened> {
  if (!inWeCom) return { kind: 'outside' }
  const session = await getSession()
  connect(session, signPage)
  const chat = await readChat()
  if (chat.kind === 'customer') startCustomer(chat.externalUserId)
  if (chat.kind === 'group') startGroup(chat.chatId)
  return { kind: 'inside', session, chat }
}
