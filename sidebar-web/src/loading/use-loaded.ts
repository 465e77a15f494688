import { type MaybeRefOrGetter, onScopeDispose, type Ref, ref, shallowRef, toValue, watch } from 'vue'
import { useSidebarState } from '../chat/sidebar.state.ts'
import type { Memory } from './memory.ts'

/** Younger than this, an answer is shown as it is. */
const FRESH_MS = 10_000

interface Source<T> {
  /** Names the answer; another key is another question, and the old answer leaves the screen in the same tick. */
  key: MaybeRefOrGetter<string>
  load: (signal: AbortSignal) => Promise<T>
  memory: Memory<T>
}

/** Waiting, failed, ready, or ready and old: what a card needs to know. A late answer for an older key is dropped. */
export function useLoaded<T>({ key, load, memory }: Source<T>) {
  const state = useSidebarState()
  const data = shallowRef<T>()
  const at = ref(0)
  const error = shallowRef<unknown>()
  const busy = ref(false)
  let running: AbortController | undefined

  async function refresh(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    busy.value = true
    try {
      const answer = await load(mine.signal)
      if (!mine.signal.aborted) replace(answer)
    } catch (cause) {
      if (!mine.signal.aborted) error.value = cause
    } finally {
      if (running === mine) busy.value = false
    }
  }

  function replace(answer: T): void {
    data.value = answer
    at.value = Date.now()
    error.value = undefined
    memory.keep(cacheKey(), { value: answer, at: at.value })
  }

  /** What the page knows better than an answer that is still on its way. */
  function amend(change: (shown: T) => T): void {
    if (data.value === undefined) return
    running?.abort()
    replace(change(data.value))
  }

  const cacheKey = () => `${state.owner}/${toValue(key)}`

  watch(
    cacheKey,
    (name) => {
      const known = memory.recall(name)
      data.value = known?.value
      at.value = known?.at ?? 0
      error.value = undefined
      if (Date.now() - at.value > FRESH_MS) refresh()
      else running?.abort()
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => state.changes,
    () => refresh(),
  )
  watch(
    () => state.returns,
    () => {
      if (!busy.value && Date.now() - at.value > FRESH_MS) refresh()
    },
  )
  onScopeDispose(() => running?.abort())

  return { data, at, error, busy, refresh, replace, amend }
}

export type Loaded<T> = ReturnType<typeof useLoaded<T>>

/** A `Loaded` whatever it holds: enough to say how old it is and to ask for newer. */
export interface Ageing {
  data: Readonly<Ref<unknown>>
  at: Readonly<Ref<number>>
  error: Readonly<Ref<unknown>>
  busy: Readonly<Ref<boolean>>
  refresh: () => Promise<void>
}
