import { Parser } from 'xml2js'

/** WeCom's callbacks are a few hundred bytes; far below this. */
export const MAX_XML_BYTES = 64 * 1024
const MAX_DEPTH = 8

/** An element's children by name: always a list, each a text or an element. */
export interface XmlElement {
  readonly [name: string]: readonly (string | XmlElement)[] | undefined
}

/** The XML is not what WeCom sends. Says why, never what it held. */
export class XmlError extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause })
    this.name = 'XmlError'
  }
}

const parser = new Parser({ explicitRoot: true, explicitArray: true, ignoreAttrs: true, trim: false, async: false })

/** Parses `<xml>…</xml>`: no DOCTYPE, no depth worth attacking with, texts as they stand. Throws XmlError. */
export function parseXml(text: string): XmlElement {
  if (text.length > MAX_XML_BYTES) throw new XmlError('too large')
  return parseFlat(text) ?? parseAny(text)
}

/** `<Name>text</Name>` or `<Name><![CDATA[text]]></Name>`, from where the last one ended. */
const CHILD = /\s*<([A-Za-z]\w*)>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<>&\]]*))<\/\1>/y

/**
 * Nearly every callback is `<xml>` with texts in it and nothing deeper, and that needs no parser, which would cost
 * more than decrypting. Undefined for anything else, however slight: that is the parser's.
 */
export function parseFlat(text: string): XmlElement | undefined {
  if (!text.startsWith('<xml>') || text.includes('\r')) return undefined
  const children: Record<string, string[]> = Object.create(null)
  let end = 5
  for (CHILD.lastIndex = end; ; end = CHILD.lastIndex) {
    const child = CHILD.exec(text)
    if (!child) break
    const [, name = '', cdata, bare = ''] = child
    const list = children[name]
    const value = cdata ?? bare
    if (list) list.push(value)
    else children[name] = [value]
  }
  return text.slice(end).trim() === '</xml>' ? children : undefined
}

/** By xml2js: any shape, as far as it declares nothing and is not too deep. */
export function parseAny(text: string): XmlElement {
  if (/<!(?!\[CDATA\[|--)/.test(text)) throw new XmlError('declarations are not accepted')
  if (depthOf(text) > MAX_DEPTH) throw new XmlError('nested too deep')
  let root: unknown
  try {
    // Making a parser costs as much as a parse; `reset` gives this one a fresh start, also after a failure.
    parser.reset()
    parser.parseString(text, (error: Error | null, parsed: unknown) => {
      if (error) throw new XmlError('not well-formed', error)
      root = parsed
    })
  } catch (error) {
    throw error instanceof XmlError ? error : new XmlError('not well-formed', error)
  }
  const element = isElement(root) ? root.xml : undefined
  if (!isElement(element)) throw new XmlError('no <xml> element')
  return element as XmlElement
}

/** The text of the first `name`, or undefined when absent or empty: WeCom uses both for "nothing". */
export function textOf(element: XmlElement, name: string): string | undefined {
  const first = element[name]?.[0]
  return typeof first === 'string' && first !== '' ? first : undefined
}

/** The first child element `name`; an empty element when there is none. */
export function childOf(element: XmlElement, name: string): XmlElement {
  const first = element[name]?.[0]
  return typeof first === 'object' ? first : {}
}

/** The texts of all `name`. */
export function textsOf(element: XmlElement, name: string): string[] {
  return (element[name] ?? []).filter((child): child is string => typeof child === 'string' && child !== '')
}

/** The elements of all `name`. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return (element[name] ?? []).filter((child): child is XmlElement => typeof child === 'object')
}

function isElement(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Deepest nesting, counted on the text: the parser itself takes half a second over a hundred thousand levels. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('<![CDATA[', at)) {
      at = text.indexOf(']]>', at)
      if (at < 0) break
    } else if (text[at + 1] === '/') depth -= 1
    else if (text[at + 1] !== '?' && text[at + 1] !== '!') {
      depth += 1
      deepest = Math.max(deepest, depth)
      const end = text.indexOf('>', at)
      if (text[end - 1] === '/') depth -= 1
    }
  }
  return deepest
}
