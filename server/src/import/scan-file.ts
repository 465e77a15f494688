import { createHash } from 'node:crypto'
import { CsvError, createCsvParser } from './csv.ts'
import { createRunCounter } from './group-rows.ts'
import type { Mapping } from './mapping.ts'
import { type Encoding, readText } from './open-file.ts'
import type { RowReader } from './row-reader.ts'

export interface Scan {
  encoding: Encoding
  delimiter: string
  header: string[]
  /** Without the header. */
  rows: number
  /** Of the unpacked bytes. */
  digest: string
  scattered: Map<number, number>
}

/** Reads the whole file once, writes nothing: what it is, how long, and whether its text is sound to the last byte. */
export async function scanFile(
  path: string,
  mapping: Pick<Mapping, 'encoding' | 'delimiter'>,
  idsOf: (header: readonly string[]) => Pick<RowReader, 'idOf' | 'idAt'>,
): Promise<Scan> {
  const encodings: Encoding[] = mapping.encoding ? [mapping.encoding] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return { encoding, ...(await scanText(path, encoding, mapping.delimiter, idsOf)) }
    } catch (error) {
      if (!isUndecodable(error)) throw error
    }
  }
  throw new CsvError(`the file is not ${encodings.join(' and not ')}`)
}

async function scanText(
  path: string,
  encoding: Encoding,
  given: string | undefined,
  idsOf: Parameters<typeof scanFile>[2],
): Promise<Omit<Scan, 'encoding'>> {
  let parser: ReturnType<typeof createCsvParser> | undefined
  let delimiter = given ?? ','
  let header: string[] | undefined
  let ids: ReturnType<typeof idsOf> | undefined
  let rows = 0
  const counter = createRunCounter()
  const take = (batch: { fields: string[] }[]) => {
    for (const { fields } of batch) {
      if (!header) {
        header = readHeader(fields)
        ids = idsOf(header)
        parser?.enough(ids.idAt + 1)
        continue
      }
      rows++
      counter.see(ids?.idOf(fields) ?? '')
    }
  }
  const hash = createHash('sha256')
  for await (const text of readText(path, encoding, (bytes) => hash.update(bytes))) {
    if (!parser) {
      delimiter = given ?? guessDelimiter(text)
      parser = createCsvParser(delimiter)
    }
    take(parser.push(text))
  }
  take(parser?.end() ?? [])
  if (!header) throw new CsvError('the file is empty')
  return { delimiter, header, rows, digest: hash.digest('hex'), scattered: counter.scattered() }
}

export function readHeader(fields: readonly string[]): string[] {
  return fields.map((name) => name.trim())
}

/** Whichever stands most often in the first line. */
function guessDelimiter(text: string): string {
  const line = text.slice(0, text.indexOf('\n') === -1 ? undefined : text.indexOf('\n'))
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

function isUndecodable(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
}
