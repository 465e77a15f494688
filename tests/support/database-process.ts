// The Postgres and the folder for temporary files of a test run, in a process of its own: it lives as long as its
// standard input is open, and so cleans up even after a run that was killed. Prints one line of JSON.
import { chmod, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'

// A Ctrl-C is meant for the run; this process ends after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

await using folder = await temporaryFolder()
await chmod(folder.path, 0o1777)
const postgres = await startEmbeddedPostgres({ dataDir: join(folder.path, 'run') })
process.stdout.write(`${JSON.stringify({ url: postgres.url, folder: folder.path })}\n`)
for await (const _ of process.stdin);
await postgres.stop()
await stopLeftServers(folder.path)

/** Servers whose test was killed with the run. */
async function stopLeftServers(path: string): Promise<void> {
  const files = await readdir(path, { recursive: true })
  for (const file of files.filter((name) => name.endsWith('postgres.json'))) {
    const left = await startEmbeddedPostgres({ dataDir: dirname(join(path, file)) })
    await left.stop()
  }
}
