import { randomBytes, randomInt } from 'node:crypto'
import WXBizMsgCrypt from 'wechat-crypto'
import type { CallbackKeys } from '../config.ts'

/** What WeCom would send to see whether we hold the keys (doc 90930), and what it expects back. */
export function sealEcho(
  { token, aesKey }: CallbackKeys,
  corpId: string,
  now: Date,
): { query: URLSearchParams; plaintext: string } {
  const crypt = new WXBizMsgCrypt(token, aesKey, corpId)
  const plaintext = `${randomInt(1_000_000_000, 9_999_999_999)}${randomInt(100_000_000, 999_999_999)}`
  const echostr = withEverySign(() => crypt.encrypt(plaintext))
  const query = signed(crypt, echostr, now)
  query.set('echostr', echostr)
  return { query, plaintext }
}

/** A message whose receiver is no corp: it opens, and is then turned away unread. */
export function sealForeign({ token, aesKey }: CallbackKeys, now: Date): { query: URLSearchParams; body: string } {
  const crypt = new WXBizMsgCrypt(token, aesKey, 'zhanggui-doctor')
  const encrypted = crypt.encrypt('<xml><MsgType>doctor</MsgType></xml>')
  const body = `<xml><ToUserName><![CDATA[zhanggui-doctor]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return { query: signed(crypt, encrypted, now), body }
}

function signed(crypt: WXBizMsgCrypt, encrypted: string, now: Date): URLSearchParams {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const nonce = randomBytes(8).toString('hex')
  return new URLSearchParams({ msg_signature: crypt.getSignature(timestamp, nonce, encrypted), timestamp, nonce })
}

/** Proxies spoil two signs of Base64; a ciphertext that happens to lack them would get through. */
function withEverySign(encrypt: () => string): string {
  for (;;) {
    const text = encrypt()
    if (text.includes('+') && text.includes('/')) return text
  }
}
