import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { testEnv } from './env.ts'
import { repository } from './repository.ts'
import { CONTACTS_CALLBACK } from './server.ts'

export interface ServerProcess extends AsyncDisposable {
  url: string
  /** As a power cut would: no goodbye. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

/** The server as `npm start` runs it, in a process of its own. */
export async function startServerProcess(
  databaseUrl: string,
  simulator: Simulator,
  env: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    ['--conditions=development', '--import', 'tsx', join(repository, 'server/src/main.ts')],
    {
      cwd: repository,
      env: {
        PATH: process.env.PATH,
        ...testEnv,
        PORT: '0',
        DATABASE_URL: databaseUrl,
        WECOM_API_URL: simulator.url,
        WECOM_OAUTH_URL: simulator.url,
        WECOM_CONTACTS_TOKEN: CONTACTS_CALLBACK.token,
        WECOM_CONTACTS_AES_KEY: CONTACTS_CALLBACK.aesKey,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const url = await addressOf(child)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    child.kill(signal)
    await once(child, 'exit')
    return child.exitCode
  }
  return {
    url,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output to read')
  for await (const line of createInterface(child.stdout)) {
    const { msg, address }: { msg?: string; address?: string } = JSON.parse(line)
    if (msg === 'ready' && address) {
      child.stdout.resume()
      return address
    }
  }
  throw new Error('the server ended before it was ready')
}
