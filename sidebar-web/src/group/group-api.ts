import type { GroupCard, GroupMemberPage, Standing } from '@zhanggui/shared/group.ts'
import { getJson } from '../api/request.ts'

let started: { chatId: string; card: Promise<GroupCard> } | undefined

export const loadGroupPanel = () => import('./GroupPanel.vue')

/** Asks for the group, and for the screen that shows it, while the rest is still on its way. */
export function startGroup(chatId: string): void {
  const card = getJson<GroupCard>(groupPath(chatId))
  card.catch(() => {}) // told to whoever takes it
  started = { chatId, card }
  loadGroupPanel().catch(() => {})
}

export function getGroup(chatId: string, signal: AbortSignal): Promise<GroupCard> {
  const ahead = started
  started = undefined
  return ahead?.chatId === chatId ? ahead.card : getJson(groupPath(chatId), signal)
}

export function getMembers(
  chatId: string,
  standing: Standing,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<GroupMemberPage> {
  const query = new URLSearchParams({ standing, ...(cursor !== undefined && { cursor }) })
  return getJson(`${groupPath(chatId)}/members?${query}`, signal)
}

function groupPath(chatId: string): string {
  return `/api/groups/${encodeURIComponent(chatId)}`
}
