import { createHash } from 'node:crypto'

/** The JS-SDK signature (doc 90506): exactly this order, raw values, seconds, the URL without its fragment. */
export function signJsSdk(ticket: string, nonceStr: string, timestamp: number, url: string): string {
  const page = url.split('#')[0] ?? ''
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`)
    .digest('hex')
}
