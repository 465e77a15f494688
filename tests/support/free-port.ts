import { createServer } from 'node:net'

/** Below what systems hand out by themselves, so that no connection or `listen(0)` takes it in the meantime. */
const FIRST = 20_000
const PER_WORKER = 2_000
const WORKERS = 5

const worker = Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS
/** Runs beside each other start at different places. */
let next = process.pid % PER_WORKER

/** A port nobody listens on at this moment, and which this run asks for only once. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PER_WORKER; tried += 1) {
    const port = FIRST + worker * PER_WORKER + (next % PER_WORKER)
    next += 1
    if (await isFree(port)) return port
  }
  throw new Error('There is no free port')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
