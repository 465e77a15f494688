const WINDOW_MS = 60_000
const MOST = 2

/** A cookie, because some clients empty sessionStorage on every load; it dies with the window it guards. */
const COOKIE = 'zg_sign_in'

function recentTries(cookies: string, now: number): number[] {
  const value = new RegExp(`(?:^|; )${COOKIE}=([\\d.]*)`).exec(cookies)?.[1] ?? ''
  return value
    .split('.')
    .map(Number)
    .filter((at) => at > now - WINDOW_MS && at <= now)
}

/** The cookie to set for one more try, or nothing when there have been enough of them in this minute. */
export function nextTry(cookies: string, now: number): string | undefined {
  const tries = recentTries(cookies, now)
  if (tries.length >= MOST) return undefined
  return `${COOKIE}=${[...tries, now].join('.')}; Path=/sidebar; Max-Age=60; SameSite=Lax`
}

/** For the button a person presses: they decide, so counting starts anew. */
export const forgetTries = `${COOKIE}=; Path=/sidebar; Max-Age=0; SameSite=Lax`
