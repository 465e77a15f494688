import { performance } from 'node:perf_hooks'
import type { Group, World } from './model.ts'

export type GroupLag = ReturnType<typeof createGroupLag>

/**
 * groupchat/get lags behind its events (doc 92122 advises to wait 2 s). Counted in real time, not on the
 * simulator's clock: who reads again waits for real.
 */
export function createGroupLag(world: World, lagMs: number) {
  const changes = new Map<string, { before: Group; at: number }[]>()
  let lag = lagMs

  function fresh(chatId: string) {
    return (changes.get(chatId) ?? []).filter((change) => performance.now() - change.at < lag)
  }

  return {
    set(next: number) {
      lag = next
    },
    /** To be called before the group is changed. */
    keep(group: Group) {
      if (lag === 0) return
      changes.set(group.chatId, [...fresh(group.chatId), { before: structuredClone(group), at: performance.now() }])
    },
    /** As groupchat/get sees it. */
    read(chatId: string): Group | undefined {
      const [oldest] = lag === 0 ? [] : fresh(chatId)
      return oldest?.before ?? world.groups.get(chatId)
    },
  }
}
