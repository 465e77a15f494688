import {
  childOf,
  childrenOf,
  parseAny,
  parseFlat,
  parseXml,
  textOf,
  textsOf,
  XmlError,
} from '@zhanggui/server/wecom/xml.ts'
import { expect, test } from 'vitest'
import fc from '../support/properties.ts'

test.for([
  { fault: 'nothing', xml: '' },
  { fault: 'text', xml: 'hello' },
  { fault: 'an unclosed element', xml: '<xml><a>' },
  { fault: 'another root', xml: '<html></html>' },
  { fault: 'a DOCTYPE', xml: '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>' },
  { fault: 'a lower-case doctype', xml: '<!doctype xml><xml></xml>' },
  { fault: 'an unknown entity', xml: '<xml><a>&xxe;</a></xml>' },
  { fault: 'nesting', xml: `<xml>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}</xml>` },
  { fault: 'size', xml: `<xml><a>${'x'.repeat(70_000)}</a></xml>` },
])('$fault is refused', ({ xml }) => {
  expect(() => parseXml(xml)).toThrow(XmlError)
})

test('what SDKs have seen: spaces in tags, bare and CDATA texts, one item or many, ids as they stand', () => {
  const xml = parseXml(`<xml>
    <UserID><![CDATA[007]]></UserID > <Id>9223372036854775807</Id>
    <One><Item>a</Item></One><Many><Item><![CDATA[a]]></Item><Item>b</Item></Many>
    <Empty></Empty><Deep><Item><Key>k</Key></Item></Deep></xml >`)
  expect(textOf(xml, 'UserID')).toBe('007')
  expect(textOf(xml, 'Id')).toBe('9223372036854775807')
  expect(textsOf(childOf(xml, 'One'), 'Item')).toEqual(['a'])
  expect(textsOf(childOf(xml, 'Many'), 'Item')).toEqual(['a', 'b'])
  expect(textOf(xml, 'Empty')).toBeUndefined()
  expect(textOf(xml, 'Absent')).toBeUndefined()
  expect(childrenOf(childOf(xml, 'Deep'), 'Item').map((item) => textOf(item, 'Key'))).toEqual(['k'])
})

test('names of object machinery reach no object', () => {
  parseXml('<xml><__proto__><polluted>a</polluted></__proto__><constructor>b</constructor></xml>')
  expect('polluted' in {}).toBe(false)
})

/** Characters that XML can hold at all. */
const plain = fc
  .string({ unit: 'grapheme', maxLength: 200 })
  .filter((text) => !text.includes(']]>') && !/[\p{Cc}\ufffe\uffff]/u.test(text))

test('any text survives CDATA', () =>
  fc.assert(
    fc.property(plain, (text) => {
      expect(textOf(parseXml(`<xml><T><![CDATA[${text}]]></T></xml>`), 'T') ?? '').toBe(text)
    }),
  ))

/** Flat documents, and nearly flat ones. */
const nearlyFlat = fc
  .array(
    fc.tuple(
      fc.constantFrom('A', 'B', 'UserID', 'a1', '__proto__'),
      fc.constantFrom('bare', 'cdata', 'empty', 'space', 'nested', 'entity', 'comment'),
      fc.stringMatching(/^[\w \u4e00-\u4e20"'-]{0,12}$/),
      fc.constantFrom('', ' ', '\n'),
    ),
    { maxLength: 6 },
  )
  .map((children) => {
    const inner = children.map(([name, kind, text, gap]) => {
      const value = {
        bare: text,
        cdata: `<![CDATA[${text}]]>`,
        empty: '',
        space: '  ',
        nested: `<C>${text}</C>`,
        entity: `${text}&amp;`,
        comment: `<!--x-->${text}`,
      }[kind]
      return `${gap}<${name}>${value}</${name}>`
    })
    return `<xml>${inner.join('')}</xml>`
  })

test('the short way through flat documents reads what the parser reads, or leaves it to the parser', () =>
  fc.assert(
    fc.property(nearlyFlat, (text) => {
      const flat = parseFlat(text)
      fc.pre(flat !== undefined && Object.keys(flat).length > 0)
      const parsed = parseAny(text)
      for (const name of ['A', 'B', 'UserID', 'a1']) {
        expect(textOf(flat ?? {}, name)).toBe(textOf(parsed, name))
        expect(textsOf(flat ?? {}, name)).toEqual(textsOf(parsed, name))
      }
    }),
    { numRuns: 500 },
  ))

test('no input at all does anything but parse or be refused', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      try {
        parseXml(text)
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError)
      }
    }),
  ))
