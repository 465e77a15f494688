import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { repository } from '../support/repository.ts'

export interface ServerChild {
  pid: number
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>
  stop(): Promise<void>
  kill(): void
  /** The last lines it wrote. */
  lastWords(): string
}

const READY_WITHIN_MS = 120_000
const STOP_WITHIN_MS = 30_000

/** The product server as `npm start` runs it. Its log goes to a file: the terminal belongs to the demo's own lines. */
export async function startServerChild(env: NodeJS.ProcessEnv, logPath: string): Promise<ServerChild> {
  const program = join(repository, 'server/dist/main.js')
  if (!existsSync(program)) throw new Error('服务端还没有编译,先运行 npm run setup')
  const log = openSync(logPath, 'w', 0o600)
  // A group of its own: a Ctrl-C in the terminal reaches the launcher only, which then stops everything in order.
  const child = spawn(process.execPath, [program], {
    cwd: repository,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  await once(child, 'spawn')
  const ended = once(child, 'exit').then(([code, signal]): number | NodeJS.Signals => code ?? signal)
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      await ended
      clearTimeout(impatient)
    },
    kill: () => void child.kill('SIGKILL'),
    lastWords: () => readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-12).join('\n'),
  }
}

/** Database reachable and migrated. */
export async function waitUntilReady(serverUrl: string, child: ServerChild, signal: AbortSignal): Promise<void> {
  const watch = { code: undefined as number | NodeJS.Signals | undefined }
  void child.ended.then((code) => {
    watch.code = code
  })
  const deadline = Date.now() + READY_WITHIN_MS
  while (!(await isReady(serverUrl))) {
    signal.throwIfAborted()
    if (watch.code !== undefined) throw new Error(`服务端没有启动(${watch.code}):\n${child.lastWords()}`)
    if (Date.now() > deadline) throw new Error(`服务端 ${READY_WITHIN_MS / 1000} 秒内没有就绪:\n${child.lastWords()}`)
    await pause(50)
  }
}

async function isReady(serverUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${serverUrl}/readyz`)
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false // it does not listen yet
  }
}
