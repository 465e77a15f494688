declare module 'wechat-crypto' {
  /** Checks nothing: neither the signature, nor padding, nor lengths, nor the receiver. `wecom/crypto.ts` does. */
  export default class WXBizMsgCrypt {
    constructor(token: string, encodingAESKey: string, id: string)
    getSignature(timestamp: string, nonce: string, encrypt: string): string
    decrypt(text: string): { message: string; id: string }
    encrypt(text: string): string
  }
}
