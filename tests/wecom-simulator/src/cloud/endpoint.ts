import type { Context, ReadContext } from '../context.ts'
import type { RateRule } from './limits.ts'
import type { Fields } from './parameters.ts'

export interface Upload {
  fileName: string
  contentType: string
  bytes: Uint8Array
}

/** A file instead of JSON: media/get. */
export class BinaryAnswer {
  readonly contentType: string
  readonly fileName: string
  readonly bytes: Uint8Array

  constructor({ contentType, fileName, bytes }: Upload) {
    this.contentType = contentType
    this.fileName = fileName
    this.bytes = bytes
  }
}

export interface Call<C extends ReadContext = Context> {
  context: C
  query: Record<string, string>
  body: Fields
  /** The multipart field `media`, for the uploads. */
  upload?: Upload
  now: Date
  ip: string
}

export interface Endpoint<C extends ReadContext = Context> {
  method: 'GET' | 'POST'
  /** Below /cgi-bin/. */
  path: string
  doc: number
  /** Errors are thrown as WeComError. */
  answer: (call: Call<C>) => object
  /** gettoken is the one call without a token. */
  withoutToken?: true
  /** Takes what this call must have alone until it is answered (45035); gives it back through the result. */
  reserve?: (call: Call<C>, take: (key: string) => () => void) => () => void
  /** Besides the limits every API has. */
  rule?: RateRule
  /** Calls with a valid code are exempt from the limits (doc 90312). */
  exempt?: true
}
