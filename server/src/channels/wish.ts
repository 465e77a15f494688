import type { ChannelChange, ChannelKind } from '@zhanggui/shared/channel.ts'
import type { ChannelRow } from './channels.repository.ts'
import { makeChannelState } from './state.ts'

/** A wish with its defaults. Who is named twice is named once, whatever the case; the order says nothing. */
export function toChannelRow(
  channelId: string,
  kind: ChannelKind,
  { name, source, guideIds = [], storeIds = [], skipVerify = true, tags = [], ...wish }: ChannelChange,
): ChannelRow {
  return {
    channelId,
    kind,
    name,
    source,
    guideIds: [...new Map(guideIds.map((id) => [id.toLowerCase(), id])).values()].sort(),
    storeIds: [...new Set(storeIds)].sort(),
    skipVerify,
    tags,
    ruleId: wish.ruleId ?? null,
    validFrom: wish.validFrom ?? null,
    validTo: wish.validTo ?? null,
    dailyCap: wish.dailyCap ?? null,
    personal: false,
    state: makeChannelState(),
    retired: false,
  }
}
