export function cookiesIn(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return cookies
}

/** The Cookie header without the named ones; undefined when none is left. */
export function withoutCookies(header: string | undefined, names: readonly string[]): string | undefined {
  const left = header
    ?.split(';')
    .map((part) => part.trim())
    .filter((part) => part && !names.includes(part.split('=')[0] ?? ''))
  return left?.length ? left.join('; ') : undefined
}
