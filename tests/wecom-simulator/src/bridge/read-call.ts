import { type BridgeCall, entries, platforms } from './bridge-types.ts'

/** Undefined for anything that is not a call of our own page. */
export function readBridgeCall(body: unknown): BridgeCall | undefined {
  if (!isRecord(body)) return undefined
  const { name, params, href, page, guide, externalUserId, chatId } = body
  const platform = platforms.find((known) => known === body.platform)
  const entry = entries.find((known) => known === body.entry)
  if (!isText(name) || !isText(href) || !isText(page) || !isText(guide) || !platform || !entry) return undefined
  return {
    name,
    params: isRecord(params) ? params : {},
    href,
    page,
    guide,
    entry,
    platform,
    externalUserId: isText(externalUserId) ? externalUserId : undefined,
    chatId: isText(chatId) ? chatId : undefined,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
