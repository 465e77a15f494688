import type { CardTags, TagPalette } from '@zhanggui/shared/tag.ts'
import { getJson, postJson } from '../api/request.ts'
import { customerPath } from '../customer/customer-api.ts'
import type { TagWish } from './tag-wishes.ts'

export function palettePath(query: string, cursor?: string): string {
  const params = new URLSearchParams()
  if (query) params.set('q', query)
  if (cursor) params.set('cursor', cursor)
  return `/api/tags?${params}`
}

export function getPalette(path: string, signal?: AbortSignal): Promise<TagPalette> {
  return getJson(path, signal)
}

/** Safe to say again: the last tap on a tag is the one that counts. */
export function tapTags(externalUserId: string, wishes: readonly TagWish[]): Promise<CardTags> {
  const idsOf = (wanted: boolean) => wishes.filter((wish) => wish.wanted === wanted).map(({ tagId }) => tagId)
  return postJson(`${customerPath(externalUserId)}/tags`, { add: idsOf(true), remove: idsOf(false) })
}
