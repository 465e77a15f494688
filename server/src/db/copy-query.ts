import pg from 'pg'

/** What pg's connection can and its types do not say. */
interface CopyTarget {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(why: string): void
}

/** `copy … from stdin` with all of its data at hand. */
export class CopyQuery extends pg.Query {
  readonly #data: Buffer

  constructor(text: string, data: Buffer, callback: (error: Error | undefined, result: unknown) => void) {
    super(text, callback)
    this.#data = data
  }

  /** Called by pg.Client once the server is ready for the data. */
  handleCopyInResponse(connection: CopyTarget): void {
    // In pieces: Postgres takes a message of at most a gigabyte, and pg copies what it sends.
    for (let at = 0; at < this.#data.length; at += PIECE)
      connection.sendCopyFromChunk(this.#data.subarray(at, at + PIECE))
    connection.endCopyFrom()
  }
}

const PIECE = 256 * 1024
