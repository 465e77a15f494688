import type {
  ChannelChange,
  ChannelChoices,
  ChannelKind,
  ChannelSource,
  ChannelTag,
  ChannelView,
} from '@zhanggui/shared/channel.ts'

/** What is in the form's fields: all text, as they hold it. */
export interface Draft {
  name: string
  kind: ChannelKind
  source: ChannelSource
  guideIds: string[]
  storeIds: string[]
  skipVerify: boolean
  tagIds: string[]
  ruleId: string
  /** YYYY-MM-DD in Asia/Shanghai; the last day counts. */
  from: string
  to: string
  dailyCap: string
}

const DAY_MS = 24 * 3_600_000
const SHANGHAI_MS = 8 * 3_600_000

export function emptyDraft(): Draft {
  return {
    name: '',
    kind: 'store',
    source: 'public',
    guideIds: [],
    storeIds: [],
    skipVerify: true,
    tagIds: [],
    ruleId: '',
    from: '',
    to: '',
    dailyCap: '',
  }
}

export function draftOf(channel: ChannelView, { tags }: ChannelChoices): Draft {
  const { name, kind, source, skipVerify } = channel
  return {
    name,
    kind,
    source,
    guideIds: channel.guides.map(({ userId }) => userId),
    storeIds: channel.stores.map(({ storeId }) => storeId),
    skipVerify,
    tagIds: channel.tags.flatMap((wanted) => idOf(wanted, tags) ?? []),
    ruleId: channel.ruleId ?? '',
    from: channel.validFrom ? dayOf(Date.parse(channel.validFrom)) : '',
    to: channel.validTo ? dayOf(Date.parse(channel.validTo) - DAY_MS) : '',
    dailyCap: channel.dailyCap === undefined ? '' : String(channel.dailyCap),
  }
}

function idOf(wanted: ChannelTag, tags: ChannelChoices['tags']): string | undefined {
  if ('tagId' in wanted) return wanted.tagId
  return tags.find(({ group, name }) => group === wanted.group && name === wanted.name)?.tagId
}

/** What is missing, for the person who fills it in; undefined: it can be saved. */
export function missingWords({ name, kind, guideIds, storeIds, from, to, dailyCap }: Draft): string | undefined {
  if (name.trim() === '') return '先起个名字'
  if (kind === 'guide' && guideIds.length !== 1) return '选一位导购'
  if (kind === 'guides' && guideIds.length === 0) return '选几位导购'
  if (kind === 'store' && storeIds.length === 0) return '选一家门店'
  if (kind === 'link' && guideIds.length + storeIds.length === 0) return '选导购,或者选门店'
  if (from && to && to < from) return '到期不能早于开始'
  if (dailyCap !== '' && !/^[1-9]\d{0,3}$/.test(dailyCap)) return '每人每天填 1 到 9999'
  return undefined
}

/** `held`: tags the channel has that are in no list here; they stay. */
export function toChange(draft: Draft, held: readonly ChannelTag[]): ChannelChange {
  const { kind, ruleId, from, to, dailyCap } = draft
  const people = kind !== 'store' && draft.guideIds.length > 0
  const places = (kind === 'store' || kind === 'link') && draft.storeIds.length > 0
  return {
    name: draft.name.trim(),
    source: draft.source,
    ...(people && { guideIds: draft.guideIds }),
    ...(places && { storeIds: draft.storeIds }),
    skipVerify: draft.skipVerify,
    tags: [...held, ...draft.tagIds.map((tagId) => ({ tagId }))],
    ...(ruleId && { ruleId }),
    ...(from && { validFrom: `${from}T00:00:00+08:00` }),
    ...(to && { validTo: `${dayOf(Date.parse(`${to}T00:00:00+08:00`) + DAY_MS)}T00:00:00+08:00` }),
    ...(dailyCap && { dailyCap: Number(dailyCap) }),
  }
}

/** The tags of a channel that are not among the choices. */
export function foreignTags(channel: ChannelView | undefined, { tags }: ChannelChoices): ChannelTag[] {
  return channel?.tags.filter((wanted) => idOf(wanted, tags) === undefined) ?? []
}

function dayOf(time: number): string {
  return new Date(time + SHANGHAI_MS).toISOString().slice(0, 10)
}
