import type { Upload } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { type Fields, isFields } from './parameters.ts'

/** doc 90313: a GET where a POST is due has no body, and fails on the first field that is missing. */
export function readJsonBody(raw: Uint8Array): Fields {
  const text = Buffer.from(raw).toString()
  if (text === '') return {}
  if (/\\u[0-9a-f]{4}/i.test(text)) throw new WeComError(40033, 'invalid charset, use raw UTF-8')
  const body = parse(text)
  if (!isFields(body)) throw new WeComError(40035, 'Warning: wrong json format. invalid parameter')
  return body
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** doc 90253: one part named `media` with a file name. */
export async function readUpload(raw: Uint8Array, contentType: string): Promise<Upload | undefined> {
  const form = await parseForm(raw, contentType)
  const file = form?.get('media')
  if (!file || typeof file === 'string') return undefined
  return { fileName: file.name, contentType: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
}

async function parseForm(raw: Uint8Array, contentType: string) {
  if (!contentType.startsWith('multipart/form-data')) return undefined
  try {
    return await new Response(Buffer.from(raw), { headers: { 'content-type': contentType } }).formData()
  } catch {
    return undefined
  }
}
