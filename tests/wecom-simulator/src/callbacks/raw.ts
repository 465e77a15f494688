import { type Dispatcher, request } from 'undici'

export interface RawCallback {
  url: string
  method?: 'GET' | 'POST' | 'PUT'
  /** A string is used as it is, for repeated or unencoded parameters. */
  query?: Record<string, string> | string
  body?: string | Uint8Array
  contentType?: string
}

export interface RawAnswer {
  status: number
  text: string
}

export async function sendRaw(callback: RawCallback, dispatcher: Dispatcher): Promise<RawAnswer> {
  const query =
    typeof callback.query === 'object' ? new URLSearchParams(callback.query).toString() : (callback.query ?? '')
  const answer = await request(query ? `${callback.url}?${query}` : callback.url, {
    dispatcher,
    method: callback.method ?? 'POST',
    body: callback.body,
    headers: callback.contentType === undefined ? {} : { 'content-type': callback.contentType },
  })
  return { status: answer.statusCode, text: await answer.body.text() }
}
