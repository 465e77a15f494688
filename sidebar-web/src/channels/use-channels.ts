import type { ChannelChoices, ChannelList, MyCode } from '@zhanggui/shared/channel.ts'
import { makeMemory } from '../loading/memory.ts'
import { type Loaded, useLoaded } from '../loading/use-loaded.ts'
import { usePolling } from '../loading/use-polling.ts'
import { getChannels, getChoices, getMyCode } from './channel-api.ts'

/** A code takes WeCom a second or two. */
const SOON_MS = 1500

const mine = makeMemory<MyCode>()
const lists = makeMemory<ChannelList>()
const choices = makeMemory<ChannelChoices>()

export function useMyCode(): Loaded<MyCode> {
  const code = useLoaded({ key: 'mine', load: getMyCode, memory: mine })
  usePolling(() => (code.data.value?.channel?.status === 'creating' ? SOON_MS : undefined), code.refresh)
  return code
}

export function useChannels(): Loaded<ChannelList> {
  const list = useLoaded({ key: 'channels', load: getChannels, memory: lists })
  const isMaking = () => list.data.value?.channels.some(({ status }) => status === 'creating') === true
  usePolling(() => (isMaking() ? SOON_MS : undefined), list.refresh)
  return list
}

export function useChoices(): Loaded<ChannelChoices> {
  return useLoaded({ key: 'choices', load: getChoices, memory: choices })
}
