import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repository } from '../support/repository.ts'

export interface ServerProcess extends AsyncDisposable {
  url: string
  /** To the whole process group, as a terminal does on Ctrl-C. */
  signal(signal: NodeJS.Signals): void
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
}

/** Runs `server-process.ts` as a node process of its own, by way of `through` (a command that runs another one). */
export async function startServerProcess(args: readonly string[], through: readonly string[] = []) {
  const node = [process.execPath, '--conditions=development', '--import', 'tsx']
  const [command = '', ...rest] = [...through, ...node, join(import.meta.dirname, 'server-process.ts'), ...args]
  const child = spawn(command, rest, { cwd: repository, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const url = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    ended.then((code) => Promise.reject(new Error(`The process ended with ${code}: ${errors}`))),
  ])
  return {
    url,
    ended,
    signal: (signal) => signalGroup(child, signal),
    async [Symbol.asyncDispose]() {
      signalGroup(child, 'SIGTERM')
      await ended
    },
  } satisfies ServerProcess
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
}
