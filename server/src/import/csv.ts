export interface CsvRow {
  /** Counted from 1, the header included; a row over several lines counts once. */
  number: number
  fields: string[]
  /** As it stands in the file, without its line end. */
  raw: string
}

/** The file is not one: what is wrong, and in which row. */
export class CsvError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CsvError'
  }
}

/** No row of a till is longer; a quote that is never closed would make one of the rest of the file. */
const LONGEST = 1_000_000

/**
 * Rows of a CSV text (RFC 4180) that comes in pieces. Most rows have no quote and are split at once. Blank lines are
 * left out.
 */
export function createCsvParser(delimiter: string) {
  let rest = ''
  let number = 0
  let most: number | undefined

  function take(fields: string[], raw: string, rows: CsvRow[]) {
    number++
    if (raw !== '') rows.push({ number, fields, raw })
  }

  function parse(text: string, isLast: boolean): CsvRow[] {
    const rows: CsvRow[] = []
    let at = 0
    let quote = text.indexOf('"')
    while (at < text.length) {
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at)
      const newline = text.indexOf('\n', at)
      if (quote === -1 || (newline !== -1 && quote > newline)) {
        if (newline === -1 && !isLast) break
        const raw = withoutReturn(text.slice(at, newline === -1 ? text.length : newline))
        take(raw.split(delimiter, most), raw, rows)
        at = newline === -1 ? text.length : newline + 1
        continue
      }
      const row = parseQuoted(text, at, delimiter)
      if ((!row || row.atEnd) && !isLast) break
      if (!row) throw new CsvError(`row ${number + 1}: a quote is never closed`)
      take(row.fields, withoutReturn(text.slice(at, row.end)), rows)
      at = row.end + 1
    }
    rest = at >= text.length ? '' : text.slice(at)
    if (rest.length > LONGEST) throw new CsvError(`row ${number + 1}: a quote is never closed`)
    return rows
  }

  return {
    push: (chunk: string) => parse(rest + chunk, false),
    end: () => parse(rest, true),
    /** From the next row on, fields behind the first so many may be missing: who needs one column need not split all. */
    enough(fields: number) {
      most = fields
    },
  }
}

/** `atEnd`: the text ended with the row, which may go on in the next piece. Undefined: inside a quote. */
function parseQuoted(
  text: string,
  start: number,
  delimiter: string,
): { fields: string[]; end: number; atEnd: boolean } | undefined {
  const fields: string[] = []
  let at = start
  for (;;) {
    let field: string
    if (text[at] === '"') {
      const closed = readQuoted(text, at)
      if (!closed) return undefined
      field = closed.field
      at = closed.end
    } else field = ''
    // What follows a closing quote, and a field without any.
    const comma = text.indexOf(delimiter, at)
    const newline = text.indexOf('\n', at)
    const end = Math.min(comma === -1 ? text.length : comma, newline === -1 ? text.length : newline)
    field += end === comma ? text.slice(at, end) : withoutReturn(text.slice(at, end))
    fields.push(field)
    if (end !== comma || comma === -1) return { fields, end, atEnd: end === text.length }
    at = end + 1
  }
}

function readQuoted(text: string, start: number): { field: string; end: number } | undefined {
  let field = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return undefined
    field += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { field, end: quote + 1 }
    field += '"'
    at = quote + 2
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

/** A row as CSV; fields with a quote, a delimiter or a line end in them are quoted. */
export function writeCsvRow(fields: readonly string[], delimiter: string): string {
  return fields
    .map((field) =>
      field.includes('"') || field.includes(delimiter) || /[\r\n]/.test(field)
        ? `"${field.replaceAll('"', '""')}"`
        : field,
    )
    .join(delimiter)
}
