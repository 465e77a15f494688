import { randomBytes } from 'node:crypto'

export type HeaderPair = readonly [name: string, value: string]

/** The same answer, but the simulator's page may show it in a frame. Everything else stays as the product said. */
export function allowFraming(headers: readonly HeaderPair[], simulatorOrigin: string): HeaderPair[] {
  return headers
    .filter(([name]) => name.toLowerCase() !== 'x-frame-options')
    .map(([name, value]) =>
      name.toLowerCase() === 'content-security-policy'
        ? [name, replaceDirective(value, 'frame-ancestors', `'self' ${simulatorOrigin}`)]
        : [name, value],
    )
}

/** Lets our own script run under the product's policy: by 'self' where it allows that, else by a nonce of its own. */
export function allowShim(headers: readonly HeaderPair[]): { headers: HeaderPair[]; nonce?: string } {
  const nonce = randomBytes(16).toString('base64')
  let needed = false
  const relaxed = headers.map(([name, value]): HeaderPair => {
    if (name.toLowerCase() !== 'content-security-policy') return [name, value]
    const directive = scriptDirective(value)
    if (!directive || (directive.sources.includes("'self'") && !directive.sources.includes("'strict-dynamic'")))
      return [name, value]
    needed = true
    const sources = directive.sources.filter((source) => source !== "'none'")
    const scripts = directive.name === 'default-src' ? 'script-src' : directive.name
    return [name, replaceDirective(value, scripts, [...sources, `'nonce-${nonce}'`].join(' '))]
  })
  return { headers: relaxed, nonce: needed ? nonce : undefined }
}

/** First in <head>, so that it runs before the page's own module. */
export function injectShim(html: string, simulatorOrigin: string, nonce?: string): string {
  const attributes = `src="/__wecom/bridge-shim.js" data-simulator="${simulatorOrigin}"${nonce ? ` nonce="${nonce}"` : ''}`
  return html.replace(/<head[^>]*>/i, (head) => `${head}<script ${attributes}></script>`)
}

function scriptDirective(policy: string): { name: string; sources: string[] } | undefined {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/))
  for (const name of ['script-src-elem', 'script-src', 'default-src']) {
    const found = directives.find(([own]) => own?.toLowerCase() === name)
    if (found) return { name, sources: found.slice(1) }
  }
  return undefined
}

/** With the directive set to this value; one that is not there is added, except that absent framing rules need none. */
function replaceDirective(policy: string, name: string, value: string): string {
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter(Boolean)
  const others = directives.filter((directive) => directive.split(/\s+/)[0]?.toLowerCase() !== name)
  if (name === 'frame-ancestors' && others.length === directives.length) return policy
  return [...others, `${name} ${value}`].join(';')
}
