const WINDOW_S = 60
const MOST = 2

/**
 * A code that was used or is too old is asked for again without a word, at most twice a minute. Gives the cookie's
 * next value, or undefined when it is time to stop and say so.
 */
export function nextRestart(cookie: string | undefined, now: Date): string | undefined {
  const seconds = Math.floor(now.getTime() / 1000)
  const recent = (cookie ?? '')
    .split('.')
    .map(Number)
    .filter((at) => at > seconds - WINDOW_S && at <= seconds)
  return recent.length >= MOST ? undefined : [...recent, seconds].join('.')
}
