import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Account } from './account.ts'

export interface Runner {
  binDir: string
  account: Account | undefined
}

export interface Outcome {
  code: number | null
  output: string
}

/** What the server may see of our environment: none of the settings, which hold secrets, and no `PG…` of the user's. */
const PASSED_ON = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']

/** Runs one of Postgres' programs in a session of its own, so that a Ctrl-C meant for us does not reach the server. */
export function runBinary({ binDir, account }: Runner, name: string, args: readonly string[]): Promise<Outcome> {
  const environment = PASSED_ON.map((key) => [key, process.env[key]]).filter(([, value]) => value !== undefined)
  return new Promise((resolve) => {
    const child = spawn(join(binDir, process.platform === 'win32' ? `${name}.exe` : name), args, {
      ...(account && { uid: account.uid, gid: account.gid }),
      cwd: process.platform === 'win32' ? binDir : '/',
      env: { ...Object.fromEntries(environment), LC_ALL: 'C' },
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: string) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.once('error', (error) => resolve({ code: null, output: error.message }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
