import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Doc 90968. Written apart from the product's own code, so that one can prove the other wrong. */

const BLOCK = 32
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4

export function signature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex')
}

function keyOf(aesKey: string): Buffer {
  if (!/^[a-zA-Z0-9]{43}$/.test(aesKey)) throw new Error('An EncodingAESKey is 43 letters and digits')
  return Buffer.from(`${aesKey}=`, 'base64')
}

/** `random16` is only given to reproduce a published vector. */
export function encrypt(aesKey: string, receiveId: string, message: string, random16?: Buffer): string {
  const key = keyOf(aesKey)
  const body = Buffer.from(message)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random16 ?? randomBytes(RANDOM_BYTES), length, body, Buffer.from(receiveId)])
  const pad = BLOCK - (plain.length % BLOCK)
  // OpenSSL pads to 16 bytes, WeCom to 32.
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

interface Decrypted {
  message: string
  receiveId: string
  random16: Buffer
}

export function decrypt(aesKey: string, encrypted: string): Decrypted {
  const key = keyOf(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()])
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK) throw new Error('The padding is wrong')
  const plain = padded.subarray(0, padded.length - pad)
  const start = RANDOM_BYTES + LENGTH_BYTES
  if (plain.length < start) throw new Error('The ciphertext is too short')
  const end = start + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.length) throw new Error('The message is longer than its ciphertext')
  return {
    message: plain.subarray(start, end).toString(),
    receiveId: plain.subarray(end).toString(),
    random16: plain.subarray(0, RANDOM_BYTES),
  }
}
