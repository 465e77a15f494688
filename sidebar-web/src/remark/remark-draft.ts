import { REMARK_CHARACTERS } from '@zhanggui/shared/limits.ts'
import type { RemarkChange, RemarkView } from '@zhanggui/shared/remark.ts'

export const textFields = ['remark', 'description', 'company'] as const
export type TextField = (typeof textFields)[number]

/** A phone that is there (shown masked, known by its key), or one being typed. */
export type DraftPhone = { key: string; masked: string } | { number: string }

export interface RemarkDraft {
  remark: string
  description: string
  company: string
  phones: DraftPhone[]
}

export function toDraft({ remark, description, company = '', phones }: RemarkView): RemarkDraft {
  return { remark, description, company, phones: [...phones] }
}

export function countCharacters(text: string): number {
  return [...text.trim()].length
}

/** As the server reads one. */
export function isPhone(text: string): boolean {
  return /^\+?\d{5,20}$/.test(text.normalize('NFKC').replace(/[\s().-]/g, ''))
}

export function isSendable(draft: RemarkDraft): boolean {
  const fits = textFields.every((field) => countCharacters(draft[field]) <= REMARK_CHARACTERS[field])
  return fits && writtenPhones(draft).every((phone) => 'key' in phone || isPhone(phone.number))
}

/** Only what differs from what the guide saw, each with what that was. Undefined: nothing does. */
export function changeOf(seen: RemarkView, draft: RemarkDraft): RemarkChange | undefined {
  const change: RemarkChange = {}
  for (const field of textFields) {
    const from = seen[field]
    const to = draft[field].trim()
    if (from !== undefined && from !== to) change[field] = { from, to }
  }
  const from = seen.phones.map(({ key }) => key)
  const phones = writtenPhones(draft)
  const isSame = phones.length === from.length && phones.every((phone, at) => 'key' in phone && phone.key === from[at])
  if (!isSame) change.phones = { from, to: phones.map((phone) => ('key' in phone ? { key: phone.key } : phone)) }
  return Object.keys(change).length > 0 ? change : undefined
}

interface Merged {
  draft: RemarkDraft
  /** What the guide wrote where WeCom has something new: not saved, and not lost. */
  mine: Partial<Record<TextField, string>>
  phonesChanged: boolean
}

/** What is new in WeCom takes its place in the form; what the guide changed elsewhere stays. */
export function mergeNews(seen: RemarkView, now: RemarkView, draft: RemarkDraft): Merged {
  const merged: Merged = { draft: { ...draft }, mine: {}, phonesChanged: false }
  for (const field of textFields) {
    const fresh = now[field] ?? ''
    if (fresh === (seen[field] ?? '')) continue
    const written = draft[field].trim()
    if (written !== (seen[field] ?? '') && written !== fresh) merged.mine[field] = written
    merged.draft[field] = fresh
  }
  const keysOf = ({ phones }: RemarkView) => phones.map(({ key }) => key).join()
  if (keysOf(now) !== keysOf(seen)) {
    const typed = draft.phones.filter((phone) => !('key' in phone))
    merged.phonesChanged = true
    merged.draft.phones = [...now.phones, ...typed]
  }
  return merged
}

/** A row left empty is no phone. */
function writtenPhones({ phones }: RemarkDraft): DraftPhone[] {
  return phones.filter((phone) => 'key' in phone || phone.number.trim() !== '')
}
