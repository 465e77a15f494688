import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'
import { createTemplate } from './database.ts'
import { repository } from './repository.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's own Postgres; see database.ts. */
    postgresUrl: string
  }
}

export default async function setup(project: TestProject) {
  const script = join(repository, 'tests/support/database-process.ts')
  const child = spawn(process.execPath, ['--conditions=development', '--import', 'tsx', script], {
    cwd: repository,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`The test database did not start (exit code ${code})`))),
  ])
  const { url, folder }: { url: string; folder: string } = JSON.parse(String(line))
  process.env.TMPDIR = folder // for the workers, which are started from here
  await createTemplate(url)
  project.provide('postgresUrl', url)
  return async () => {
    child.stdin.end()
    await ended
  }
}
