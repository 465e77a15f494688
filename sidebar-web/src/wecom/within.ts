/** Clients have been seen never to call back; every wait for one of them ends. */
export const PATIENCE_MS = 8000

export function within<T>(promise: Promise<T>, ms: number, tooLate: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLate()), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
