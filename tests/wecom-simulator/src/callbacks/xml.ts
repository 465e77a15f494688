/** Numbers stay bare, text goes into CDATA, a list repeats its element: the shapes of doc 92130. */
export type XmlValue = string | number | XmlValue[] | { [element: string]: XmlValue | undefined }

export function toXml(element: string, value: XmlValue): string {
  if (Array.isArray(value)) return value.map((item) => toXml(element, item)).join('')
  return `<${element}>${content(value)}</${element}>`
}

function content(value: Exclude<XmlValue, XmlValue[]>): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return cdata(value)
  return Object.entries(value)
    .map(([element, inner]) => (inner === undefined ? '' : toXml(element, inner)))
    .join('')
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
