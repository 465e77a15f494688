import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { hasCode } from './errors.ts'
import { runBinary } from './run-binary.ts'

export interface Postmaster {
  pid: number
  port: number
}

const STOP_LIMIT_MS = 120_000
const LOOK_AGAIN_MS = 20

const lockFileOf = (folder: string) => join(folder, 'postmaster.pid')

/**
 * The live server of this folder, whoever started it; it may still be starting or already be stopping.
 * A lock file of a dead server is Postgres' own business, but one whose pid now belongs to some other program would
 * stop Postgres from starting, so that one is removed.
 */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  const lock = await readFile(lockFileOf(folder), 'utf8').catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) return ''
    throw cause
  })
  // Line 1 is the pid, line 4 the port (Postgres' miscadmin.h, LOCK_FILE_LINE_…).
  const [pid, , , port] = lock.split('\n').map(Number)
  if (!pid || !isAlive(pid)) return undefined
  if (!(await worksIn(pid, folder))) {
    await removeLock(folder, lock)
    return undefined
  }
  return { pid, port: port || 0 }
}

/** Removes this very lock file, and not the one of a server that another process has started in the meantime. */
async function removeLock(folder: string, lock: string): Promise<void> {
  const aside = `${lockFileOf(folder)}.${randomBytes(6).toString('hex')}`
  try {
    await rename(lockFileOf(folder), aside)
    if ((await readFile(aside, 'utf8')) !== lock) await link(aside, lockFileOf(folder))
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT', 'EEXIST')) throw cause // somebody else was first
  } finally {
    await rm(aside, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return hasCode(cause, 'EPERM')
  }
}

/** A postmaster's working directory is its data folder. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'win32') return true // cannot be told without further tools; Postgres has the last word
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return stdout.includes(folder)
  }
  try {
    const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(folder)])
    return theirs.ino === ours.ino && theirs.dev === ours.dev
  } catch {
    return false // gone by now, or a program of somebody who lets nobody look
  }
}

export type StartOutcome = { started: true } | { started: false; reason: string }

/** Starts the server, in its own session and so out of reach of our terminal, and waits until it answers. */
export async function startPostmaster(cluster: Cluster, port: number): Promise<StartOutcome> {
  const logFile = join(cluster.folder, 'server.log')
  const before = (await readFile(logFile, 'utf8').catch(() => '')).length
  const { code, output } = await runBinary(cluster, 'pg_ctl', [
    ...['start', '--pgdata', cluster.folder, '--log', logFile, '--options', `-p ${port}`],
    ...['--wait', '--timeout', '120', '--silent'],
  ])
  const news = (await readFile(logFile, 'utf8').catch(() => '')).slice(before)
  // Another member may have used and stopped it before pg_ctl looked.
  if (code === 0 || news.includes('database system is ready to accept connections')) return { started: true }
  return { started: false, reason: [output.trim(), news.trim()].filter(Boolean).join('\n') }
}

/** Ends every session, writes everything down and waits for the server's end. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const running = await findPostmaster(cluster.folder)
  if (!running) return
  // pg_ctl's own waiting would go on with the next server, if somebody starts one at once.
  const { code, output } = await runBinary(cluster, 'pg_ctl', [
    ...['stop', '--pgdata', cluster.folder, '--mode', 'fast', '--no-wait', '--silent'],
  ])
  const limit = AbortSignal.timeout(STOP_LIMIT_MS)
  while ((await findPostmaster(cluster.folder))?.pid === running.pid) {
    if (code !== 0 || limit.aborted) throw new Error(`The embedded Postgres did not stop. ${output.trim()}`)
    await pause(LOOK_AGAIN_MS)
  }
}

/** `wanted` if nobody listens there, otherwise a port the system picks. */
export async function freePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && (await tryToListen(wanted)) === wanted) return wanted
  const port = await tryToListen(0)
  if (port === undefined) throw new Error('The system gives out no free port on 127.0.0.1')
  return port
}

function tryToListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
