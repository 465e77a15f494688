import { createCsvParser, writeCsvRow } from '@zhanggui/server/import/csv.ts'
import { multiply, readDecimal, roundTo } from '@zhanggui/server/import/decimal.ts'
import { createGrouper, createRunCounter } from '@zhanggui/server/import/group-rows.ts'
import { createTimeReader } from '@zhanggui/server/import/local-time.ts'
import { expect, test } from 'vitest'
import fc from '../support/properties.ts'

test('a table written as CSV reads back, wherever its text is cut', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', ',', 'a,b', 'say "hi"', 'two\nlines', '"\r\n"', '围巾'))
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
  fc.assert(
    fc.property(
      table,
      fc.array(fc.nat({ max: 60 })),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (rows, cuts, end, last) => {
        const text = rows.map((row) => writeCsvRow(row, ',')).join(end) + (last && rows.length > 0 ? end : '')
        const parser = createCsvParser(',')
        const seen = []
        let rest = text
        for (const cut of cuts) {
          seen.push(...parser.push(rest.slice(0, cut)))
          rest = rest.slice(cut)
        }
        seen.push(...parser.push(rest), ...parser.end())
        expect(seen.map(({ fields }) => fields)).toEqual(rows)
      },
    ),
  )
})

test('a quote that is never closed is said, with its row', () => {
  const parser = createCsvParser(',')
  parser.push('a,b\n1,2\n3,"4\n')
  expect(() => parser.end()).toThrow('row 3: a quote is never closed')
})

const decimals: [text: string, fen: number | undefined][] = [
  ['12.50', 1250],
  ['¥1,234.5', 123_450],
  ['-3', -300],
  ['(3.10)', -310],
  ['12元', 1200],
  ['１２．５', 1250],
  ['0.005', 1],
  ['-0.005', -1],
  ['0.0049', 0],
  ['90071992547409.91', 9_007_199_254_740_991],
  ['1,23', undefined],
  ['12.5.0', undefined],
  ['1e3', undefined],
  ['', undefined],
  ['赠', undefined],
]
test.for(decimals)('%s is %s fen', ([text, fen]) => {
  const decimal = readDecimal(text)
  expect(decimal && roundTo(decimal, 2).value).toBe(fen)
})

test('pieces times price is exact, as no float is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 10_000_000 }), (pieces, fen) => {
      const price = readDecimal(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`)
      const quantity = readDecimal(String(pieces))
      if (!price || !quantity) throw new Error('not read')
      expect(roundTo(multiply(quantity, price), 2)).toEqual({ value: pieces * fen || 0, isExact: true })
    }),
  )
})

const times: [zone: string, text: string, time: string][] = [
  ['Asia/Shanghai', '2026-09-01 10:00:00', '2026-09-01T10:00:00+08:00'],
  ['Asia/Shanghai', '2026/9/1 8:05', '2026-09-01T08:05:00+08:00'],
  ['Asia/Shanghai', '2026年9月1日 8时05分', '2026-09-01T08:05:00+08:00'],
  ['Asia/Shanghai', '20260901', '2026-09-01T00:00:00+08:00'],
  ['Asia/Shanghai', '20260901103000', '2026-09-01T10:30:00+08:00'],
  ['Asia/Shanghai', '2026-09-01T10:00:00.123', '2026-09-01T10:00:00.123+08:00'],
  ['Asia/Shanghai', '2026-09-01T10:00:00Z', '2026-09-01T10:00:00Z'],
  ['Asia/Shanghai', '2026-02-30 10:00', '2026-02-30 10:00'],
  ['Asia/Shanghai', '昨天', '昨天'],
  ['Europe/London', '2010-12-01 08:26:00', '2010-12-01T08:26:00+00:00'],
  ['Europe/London', '2011-07-01 08:26:00', '2011-07-01T08:26:00+01:00'],
  ['Europe/London', '2011-10-30 01:30:00', '2011-10-30T01:30:00+00:00'],
  ['America/New_York', '2011-03-13 03:00:00', '2011-03-13T03:00:00-04:00'],
  ['Asia/Kolkata', '2011-03-13 03:00', '2011-03-13T03:00:00+05:30'],
]
test.for(times)('in %s %s is %s', ([zone, text, time]) => {
  expect(createTimeReader(zone)(text)).toBe(time)
})

test('rows with one number are one group, wherever they stand', () => {
  const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 })
  fc.assert(
    fc.property(ids, (list) => {
      const counter = createRunCounter()
      for (const id of list) counter.see(id)
      const grouper = createGrouper(counter.scattered())
      const rows = list.map((id, index) => ({ number: index + 1, fields: [id], raw: id }))
      const groups = [...rows.flatMap((row) => grouper.push(row.fields[0] ?? '', row)), ...grouper.end()]
      const named = groups.filter(({ id }) => id !== '')
      expect(named.map(({ id }) => id).sort()).toEqual([...new Set(list.filter(Boolean))].sort())
      for (const { id, rows: own } of named)
        expect(own.map(({ number }) => number)).toEqual(
          rows.filter((row) => row.raw === id).map(({ number }) => number),
        )
      expect(groups.flatMap((group) => group.rows)).toHaveLength(list.length)
      for (const { rows: own } of groups.filter(({ id }) => id === '')) expect(own).toHaveLength(1)
    }),
  )
})
