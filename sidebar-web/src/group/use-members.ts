import type { GroupMemberPage, Standing } from '@zhanggui/shared/group.ts'
import type { Ref } from 'vue'
import { makeMemory } from '../loading/memory.ts'
import { type Loaded, useLoaded } from '../loading/use-loaded.ts'
import { useMore } from '../loading/use-more.ts'
import { usePolling } from '../loading/use-polling.ts'
import { getMembers } from './group-api.ts'
import { expectsNames } from './group-words.ts'

const memory = makeMemory<GroupMemberPage>()
const SOON_MS = 4000

/** The people of one standing, as far down as they have been looked at. */
export function useMembers(chatId: string, standing: Readonly<Ref<Standing>>) {
  // The first question is asked before there is anything to read the length of.
  let shown: Readonly<Ref<GroupMemberPage | undefined>> | undefined
  const page: Loaded<GroupMemberPage> = useLoaded({
    key: () => `${chatId} ${standing.value}`,
    load: (signal) => loadAsFar(shown?.value?.members.length ?? 0, signal),
    memory,
  })
  shown = page.data
  usePolling(() => (expectsNames(page.data.value?.members ?? [], Date.now()) ? SOON_MS : undefined), page.refresh)
  const next = useMore(page, (cursor) => getMembers(chatId, standing.value, cursor), join)

  /** A list that is renewed keeps its length, so that nothing jumps under the finger. */
  async function loadAsFar(length: number, signal: AbortSignal): Promise<GroupMemberPage> {
    const wanted = standing.value
    let list = await getMembers(chatId, wanted, undefined, signal)
    while (list.nextCursor !== undefined && list.members.length < length)
      list = join(list, await getMembers(chatId, wanted, list.nextCursor, signal))
    return list
  }

  return { page, next }
}

function join(shown: GroupMemberPage, more: GroupMemberPage): GroupMemberPage {
  return { members: [...shown.members, ...more.members], nextCursor: more.nextCursor }
}
