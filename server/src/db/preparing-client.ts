import pg from 'pg'
import { CopyQuery } from './copy-query.ts'

/** Statements beyond this many are not prepared: their texts differ by the length of a list, and each costs memory. */
const MOST = 300

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

/**
 * Prepares every statement with parameters under a name of its own, so that the database plans it once a connection:
 * for our larger statements the planning costs more than the work. The one parameter of a `copy … from stdin`, bytes,
 * is the data that is copied.
 */
export class PreparingClient extends pg.Client {
  // pg.Client.query has a dozen overloads; only the one Kysely uses, text and values, is touched.
  // biome-ignore lint/suspicious/noExplicitAny: the overloads cannot be restated
  override query(...args: any[]): any {
    const [text, values, ...rest] = args
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
      return Reflect.apply(super.query, this, args)
    const [data] = values
    if (Buffer.isBuffer(data) && text.startsWith('copy ')) return this.#copy(text, data)
    const name = nameOf(text)
    const given = name === undefined ? args : [{ name, text, values }, ...rest]
    return Reflect.apply(super.query, this, given)
  }

  #copy(text: string, data: Buffer): Promise<unknown> {
    return new Promise((resolve, reject) => {
      super.query(new CopyQuery(text, data, (error, result) => (error ? reject(error) : resolve(result))))
    })
  }
}
