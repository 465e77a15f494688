import type { ShareOutcome, ShareRequest, ShareView } from '@zhanggui/shared/share.ts'
import { postJson } from '../api/request.ts'

export function createShare(request: ShareRequest): Promise<ShareView> {
  return postJson('/api/shares', request)
}

/** Kept alive: the guide may leave the page the moment the card is in the chat. Losing it loses only a statistic. */
export function reportOutcome(shareId: string, outcome: ShareOutcome): void {
  postJson(`/api/shares/${encodeURIComponent(shareId)}/outcome`, outcome, { keepalive: true }).catch(() => {})
}

export function withdrawShare(shareId: string): Promise<void> {
  return postJson(`/api/shares/${encodeURIComponent(shareId)}/withdraw`, {})
}
