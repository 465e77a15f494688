/** What a shell gives a command that a signal ended. */
export const STOPPED = 130

/** For a command: the first signal stops it in order, the second at once. */
export function stopOnSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(STOPPED)
      stopping.abort()
    })
  return stopping.signal
}
