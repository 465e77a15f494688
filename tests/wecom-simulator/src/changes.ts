import type { StreamEvent } from './control-types.ts'

export type Changes = ReturnType<typeof createChanges>

/** A limit on what never comes: whoever waits goes on at once when it has happened. */
const DEFAULT_PATIENCE_MS = 45_000

/** Says what changed to whoever watches: the page's stream, the state file, tests that wait. */
export function createChanges() {
  const listeners = new Set<(event: StreamEvent) => void>()
  const waiting = new Set<{ look: () => void; giveUp: (why: Error) => void }>()

  return {
    emit(event: StreamEvent) {
      for (const listener of [...listeners]) listener(event)
      for (const { look } of [...waiting]) look()
    },
    onChange(listener: (event: StreamEvent) => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    waitFor<T>(predicate: () => T | undefined | null | false, timeoutMs = DEFAULT_PATIENCE_MS): Promise<T> {
      return new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(waiter)
        }
        const giveUp = (why: unknown) => {
          end()
          reject(why)
        }
        const look = () => {
          try {
            const value = predicate()
            if (value === undefined || value === null || value === false) return
            end()
            resolve(value)
          } catch (cause) {
            giveUp(cause)
          }
        }
        const waiter = { look, giveUp }
        const timer = setTimeout(
          () => giveUp(new Error(`What was waited for did not happen within ${timeoutMs} ms`)),
          timeoutMs,
        )
        waiting.add(waiter)
        look()
      })
    },
    stop() {
      for (const { giveUp } of [...waiting]) giveUp(new Error('The simulator was stopped while somebody waited'))
      listeners.clear()
    },
  }
}
