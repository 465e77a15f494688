import type { DataCipher } from '../data-cipher.ts'

/** The phones a guide noted: hashes to tell whether they changed, base64 of one sealed JSON list to read them. */
export interface SealedPhones {
  hashes: string[]
  sealed: string | null
}

export function sealPhones(phones: readonly string[], cipher: DataCipher): SealedPhones {
  const noted = phones.filter((phone) => phone !== '')
  if (noted.length === 0) return { hashes: [], sealed: null }
  return { hashes: noted.map(cipher.hash), sealed: cipher.seal(JSON.stringify(noted)).toString('base64') }
}
