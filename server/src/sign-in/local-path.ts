export const HOME = '/sidebar/'

const BASE = 'https://local.invalid'

/**
 * Where to go after sign-in. Only a path on this site passes: a scheme, a host in any spelling (`//`, `/\`, with
 * tabs between), and sign-in itself all end at the sidebar.
 */
export function localPath(next: string | undefined): string {
  if (!next?.startsWith('/') || next.length > 1024) return HOME
  let url: URL
  try {
    url = new URL(next, BASE)
  } catch {
    return HOME
  }
  // `/.//host` stays on this origin when parsed, yet its path alone would be read as a host.
  if (url.origin !== BASE || url.pathname.startsWith('//') || url.pathname.startsWith('/auth/')) return HOME
  return url.pathname + url.search + url.hash
}
