import type {
  ChannelChange,
  ChannelChoices,
  ChannelList,
  ChannelView,
  DutyRecord,
  MyCode,
  NewChannel,
} from '@zhanggui/shared/channel.ts'
import { getJson, postJson } from '../api/request.ts'

export function channelPath(channelId: string): string {
  return `/api/channels/${encodeURIComponent(channelId)}`
}

export const getMyCode = (signal: AbortSignal) => getJson<MyCode>('/api/channels/mine', signal)
export const makeMyCode = () => postJson<MyCode>('/api/channels/mine', {})
export const getChannels = (signal: AbortSignal) => getJson<ChannelList>('/api/channels', signal)
export const getChoices = (signal: AbortSignal) => getJson<ChannelChoices>('/api/channels/choices', signal)
export const createChannel = (channel: NewChannel) => postJson<ChannelView>('/api/channels', channel)
export const changeChannel = (channelId: string, change: ChannelChange) =>
  postJson<ChannelView>(channelPath(channelId), change)
export const retireChannel = (channelId: string) => postJson<ChannelView>(`${channelPath(channelId)}/retire`, {})
export const retryChannel = (channelId: string) => postJson<ChannelView>(`${channelPath(channelId)}/retry`, {})
export const saveDuty = (duty: DutyRecord) => postJson<null>('/api/duty', duty)
