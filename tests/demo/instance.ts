import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Type from 'typebox'
import { Value } from 'typebox/value'

/** A process and its command line, so that another one with the same number is told apart. */
const Identity = Type.Object({ pid: Type.Integer(), command: Type.String() })
const Running = Type.Object({ launcher: Identity, server: Type.Optional(Identity) })

const PATIENCE_MS = 15_000

/** One demo per data folder. A server that outlived its killed launcher is ended first. */
export async function claimFolder(dataDir: string): Promise<void> {
  const path = pathIn(dataDir)
  const text = await readFile(path, 'utf8').catch(() => '{}')
  const earlier: unknown = JSON.parse(text)
  if (Value.Check(Running, earlier)) {
    if (earlier.launcher.pid !== process.pid && isAlive(earlier.launcher))
      throw new Error(`演示已经在运行(进程 ${earlier.launcher.pid}),先在那个窗口按 Ctrl-C`)
    if (earlier.server) await end(earlier.server)
  }
  await writeFile(path, JSON.stringify({ launcher: identify(process.pid) }))
}

export async function rememberServer(dataDir: string, pid: number): Promise<void> {
  await writeFile(pathIn(dataDir), JSON.stringify({ launcher: identify(process.pid), server: identify(pid) }))
}

export async function releaseFolder(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true })
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'running.json')
}

function identify(pid: number) {
  return { pid, command: commandOf(pid) ?? '' }
}

function isAlive({ pid, command }: { pid: number; command: string }): boolean {
  return command !== '' && commandOf(pid) === command
}

async function end(server: { pid: number; command: string }): Promise<void> {
  if (!isAlive(server)) return
  process.kill(server.pid, 'SIGTERM')
  const deadline = Date.now() + PATIENCE_MS
  while (isAlive(server)) {
    if (Date.now() > deadline) process.kill(server.pid, 'SIGKILL')
    await pause(50)
  }
}

/** Undefined: there is no such process (or, on Windows, no telling). */
function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8') || undefined
    if (process.platform === 'win32') return undefined
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
