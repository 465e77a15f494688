import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** `npm run import -- …` as a process of its own, typed in `folder`. */
export async function startImport(databaseUrl: string, folder: string, args: readonly string[]) {
  const child = spawn(process.execPath, [...(await importCommand()), ...args], {
    cwd: repository,
    // npm tells where the command was typed.
    env: { PATH: process.env.PATH, INIT_CWD: folder, ...testEnv, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }))
  return {
    ended,
    /** As a power cut would: no goodbye. */
    kill: () => child.kill('SIGKILL'),
  }
}

export async function runImportCommand(databaseUrl: string, folder: string, args: readonly string[]): Promise<Ended> {
  const { ended } = await startImport(databaseUrl, folder, args)
  return ended
}

/** What package.json says, with the sources in place of what was built of them. */
async function importCommand(): Promise<string[]> {
  const { scripts }: { scripts: { import: string } } = JSON.parse(
    await readFile(join(repository, 'package.json'), 'utf8'),
  )
  const [exec, node, ...words] = scripts.import.split(' ')
  if (exec !== 'exec' || node !== 'node' || words.at(-1) !== '.commands/import.mjs')
    throw new Error(`npm run import is now ${scripts.import}`)
  return [...words.slice(0, -1), '--conditions=development', '--import', 'tsx', 'server/src/import/main.ts']
}
