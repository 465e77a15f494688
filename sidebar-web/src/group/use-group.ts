import type { GroupCard } from '@zhanggui/shared/group.ts'
import { makeMemory } from '../loading/memory.ts'
import { type Loaded, useLoaded } from '../loading/use-loaded.ts'
import { getGroup } from './group-api.ts'

const memory = makeMemory<GroupCard>()

export function useGroup(chatId: string): Loaded<GroupCard> {
  return useLoaded({ key: chatId, load: (signal) => getGroup(chatId, signal), memory })
}
