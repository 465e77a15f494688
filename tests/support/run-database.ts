import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repository } from './repository.ts'

export interface RunDatabase {
  url: string
  /** For temporary files; removed with the database. */
  folder: string
  stop(): Promise<void>
}

/** A Postgres that ends with us, however we end: `database-process.ts`, which watches its standard input. */
export async function startRunDatabase(): Promise<RunDatabase> {
  const [script, flags] = import.meta.filename.endsWith('.ts')
    ? ['database-process.ts', ['--conditions=development', '--import', 'tsx']]
    : ['database-process.js', []]
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, script)], {
    cwd: repository,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`The database of this run did not start (exit code ${code})`))),
  ])
  const { url, folder }: { url: string; folder: string } = JSON.parse(String(line))
  return {
    url,
    folder,
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}
