import { forgetTries, nextTry } from './sign-in-guard.ts'

let leaving = false

/** Leaves for WeCom's sign-in and says so; false when that was tried twice within a minute already. */
export function goToSignIn(): boolean {
  if (leaving) return true
  const attempt = nextTry(document.cookie, Date.now())
  if (attempt === undefined) return false
  // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is newer than the WebViews this runs in
  document.cookie = attempt
  leaving = true
  location.assign(`/auth/start?next=${encodeURIComponent(location.pathname + location.search)}`)
  return true
}

export function signInAgain(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is newer than the WebViews this runs in
  document.cookie = forgetTries
  goToSignIn()
}
