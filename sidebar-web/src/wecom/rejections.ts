/** Thrown out of a signature callback: the SDK hands it back as it is, so the reason is not lost. */
export class SignatureError extends Error {
  constructor(cause: unknown) {
    super('no signature')
    this.name = 'SignatureError'
    this.cause = cause
  }

  readonly cause: unknown
}

/** The SDK leaves promises of its own unobserved; whoever asked has been told the same thing already. */
export function isSdkRejection(reason: unknown): boolean {
  if (reason instanceof SignatureError) return true
  if (reason instanceof Error) return reason.message.startsWith('SDK Error:')
  return typeof reason === 'object' && reason !== null && typeof Reflect.get(reason, 'errMsg') === 'string'
}

export function ignoreSdkRejections(): void {
  addEventListener('unhandledrejection', (event) => {
    if (isSdkRejection(event.reason)) event.preventDefault()
  })
}
