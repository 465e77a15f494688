/** On a phone WeCom asks and sends; on a desktop the card only waits in the chat's input box. */
export function isPhone(userAgent: string): boolean {
  return /\b(Android|iPhone|iPad|iPod|Mobile)\b/i.test(userAgent)
}

/** WeCom's version, for diagnostics. */
export function clientVersion(userAgent: string): string {
  return /wxwork\/([\d.]+)/i.exec(userAgent)?.[1] ?? '未知'
}
