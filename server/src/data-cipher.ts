import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps what must be readable later but never in the clear: phone numbers, WeCom tokens. */
export interface DataCipher {
  seal(text: string): Buffer
  /** Throws if the bytes were not sealed with this key. */
  open(sealed: Buffer): string
  /** Keyed hash for matching without reading; hex. */
  hash(text: string): string
}

const NONCE = 12
const TAG = 16

/** AES-256-GCM and HMAC-SHA256 under two keys derived from DATA_KEY (32 bytes). */
export function createDataCipher(dataKey: Buffer): DataCipher {
  const sealingKey = derive(dataKey, 'seal')
  const hashingKey = derive(dataKey, 'hash')
  return {
    seal(text) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, NONCE))
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
      return decipher.update(sealed.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8')
    },
    hash: (text) => createHmac('sha256', hashingKey).update(text).digest('hex'),
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `zhanggui ${purpose}`, 32))
}
