const markup = Symbol('markup')

/** Markup that may go into a page as it stands; only this file can make it. */
export interface Html {
  readonly [markup]: string
}

type Part = string | number | Html | false | undefined | readonly Html[]

/** Everything put into the template is escaped, for text and for quoted attributes alike, unless it is Html itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return trustedHtml(strings.map((literal, index) => literal + write(parts[index])).join(''))
}

/** For markup made by a library from data it has escaped itself. */
export function trustedHtml(text: string): Html {
  return { [markup]: text }
}

export function renderHtml(page: Html): string {
  return page[markup]
}

function write(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part))
  if (isList(part)) return part.map(renderHtml).join('')
  return renderHtml(part)
}

function isList(part: Html | readonly Html[]): part is readonly Html[] {
  return Array.isArray(part)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
