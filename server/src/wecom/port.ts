import type { Answer, EndpointName, Params } from './endpoints.ts'

export interface CallOptions {
  /** Gives up after this long; default 10 s. */
  timeoutMs?: number
  /** A busy answer (-1, 6000) is tried again, at most three times in all; false where the caller has its own window. */
  retryBusy?: boolean
  /** For a GET: an answer asked for at or after this moment will do, also one that another caller has asked for. */
  freshSince?: Date
}

export interface Upload {
  kind: 'image' | 'video' | 'file'
  filename: string
  contentType: string
  data: Uint8Array
}

/** WeCom's server API as the rest of the server sees it. Throws WecomError. */
export interface Wecom {
  call<N extends EndpointName>(endpoint: N, params: Params<N>, options?: CallOptions): Promise<Answer<N>>
  /** media/upload (doc 90253): lives three days. */
  upload(file: Upload): Promise<{ mediaId: string; uploadedAt: Date }>
  /** The JS-SDK ticket, cached for all processes (doc 90506). */
  ticket(kind: 'agent' | 'corp'): Promise<string>
  close(): Promise<void>
}
