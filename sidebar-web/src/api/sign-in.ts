import { ApiError } from './api-error.ts'
import { forgetTries, nextTry } from './sign-in-guard.ts'

let leaving = false
// The back button may bring this very page back from the browser's memory.
addEventListener('pageshow', () => {
  leaving = false
})

/** Leaves for WeCom's sign-in and says so; false when that was tried twice within a minute already. */
function goToSignIn(): boolean {
  if (leaving) return true
  const attempt = nextTry(document.cookie, Date.now())
  if (attempt === undefined) return false
  // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is newer than the WebViews this runs in
  document.cookie = attempt
  leaving = true
  location.assign(`/auth/start?next=${encodeURIComponent(location.pathname + location.search)}`)
  return true
}

/** The page is being left, so nothing more is shown: an answer that never comes keeps the still skeleton. */
export async function leaveToSignIn(): Promise<never> {
  if (!goToSignIn()) throw new ApiError('sign_in_loop', 401)
  return new Promise(() => {})
}

export function signInAgain(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is newer than the WebViews this runs in
  document.cookie = forgetTries
  goToSignIn()
}
