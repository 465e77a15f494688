import { timingSafeEqual } from 'node:crypto'
import WXBizMsgCrypt from 'wechat-crypto'
import type { CallbackKeys } from '../config.ts'
import { AppError } from '../errors.ts'

/** The three query parameters of every callback, exactly as received. */
export interface Signed {
  msg_signature: string
  timestamp: string
  nonce: string
}

export interface MessageOpener {
  /** The decrypted message. Throws bad_signature, bad_ciphertext or foreign_receiver. */
  open(signed: Signed, ciphertext: string): string
}

/** random(16) + length(4) before the message, receiver after it (doc 90968). */
const FRAME = 20
const BLOCK = 32

/**
 * WeCom's envelope (doc 90968) by wechat-crypto, which itself checks nothing. Here the signature is compared in
 * constant time before anything is decrypted; then padding and length are checked by their sum: message, receiver
 * and frame must fill the ciphertext up to 1…32 bytes of padding. Text that is not UTF-8 breaks that sum as well.
 */
export function createMessageOpener({ token, aesKey }: CallbackKeys, receiverId: string): MessageOpener {
  const crypt = new WXBizMsgCrypt(token, aesKey, receiverId)
  return {
    open({ msg_signature, timestamp, nonce }, ciphertext) {
      if (!sameText(crypt.getSignature(timestamp, nonce, ciphertext), msg_signature))
        throw new AppError('bad_signature')
      const size = cipherSize(ciphertext)
      if (size === 0 || size % BLOCK !== 0) throw new AppError('bad_ciphertext')
      const { message, id } = crypt.decrypt(ciphertext)
      const padding = size - FRAME - Buffer.byteLength(message) - Buffer.byteLength(id)
      if (padding < 1 || padding > BLOCK) throw new AppError('bad_ciphertext')
      if (id !== receiverId) throw new AppError('foreign_receiver')
      return message
    },
  }
}

/** Bytes behind strict Base64, 0 when it is not Base64. */
function cipherSize(ciphertext: string): number {
  if (ciphertext.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(ciphertext)) return 0
  return Buffer.byteLength(ciphertext, 'base64')
}

function sameText(expected: string, given: string): boolean {
  const a = Buffer.from(expected)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}
