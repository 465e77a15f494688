import { setTimeout as pause } from 'node:timers/promises'

/** Waits for a condition that nothing announces; fails, saying so, when it does not come true in time. */
export async function until<T>(
  condition: () => Promise<T | undefined | null | false>,
  timeoutMs = 45_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`the condition did not come true within ${timeoutMs} ms`)
    await pause(10)
  }
}
