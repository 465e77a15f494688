import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { findBinaries } from '@zhanggui/server/db/embedded-postgres/binaries.ts'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import pg from 'pg'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startServerProcess } from './start-server-process.ts'

test('what was written is there after a stop and a start, on the same port', async () => {
  await using folder = await temporaryFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder.path })
  await write(first.url, 'kept')
  await first.stop()
  await expect(postmasterPid(folder.path)).rejects.toThrow('ENOENT')

  const second = await startEmbeddedPostgres({ dataDir: folder.path })
  expect(second.url).toBe(first.url)
  expect(await read(second.url)).toEqual(['kept'])
  await second.stop()
})

test('a server that lost its process to kill -9 is taken over', async () => {
  await using folder = await temporaryFolder()
  const killed = await startServerProcess([folder.path])
  await write(killed.url, 'kept')
  const orphan = await postmasterPid(folder.path)
  killed.signal('SIGKILL')
  expect(await killed.ended).toBe('SIGKILL')

  const next = await startEmbeddedPostgres({ dataDir: folder.path })
  expect(await postmasterPid(folder.path)).toBe(orphan)
  expect(await read(next.url)).toEqual(['kept'])
  await next.stop()
  await expect(postmasterPid(folder.path)).rejects.toThrow('ENOENT')
})

test('after kill -9 of everything the next start finds every committed row', async () => {
  await using folder = await temporaryFolder()
  const killed = await startServerProcess([folder.path])
  await write(killed.url, 'kept')
  killed.signal('SIGKILL')
  process.kill(await postmasterPid(folder.path), 'SIGKILL')
  await killed.ended

  const next = await startEmbeddedPostgres({ dataDir: folder.path })
  expect(await read(next.url)).toEqual(['kept'])
  await next.stop()
})

test('a server killed under a running process comes back on the same address', async () => {
  await using folder = await temporaryFolder()
  const postgres = await startEmbeddedPostgres({ dataDir: folder.path })
  await write(postgres.url, 'kept')
  process.kill(await postmasterPid(folder.path), 'SIGKILL')

  await expect.poll(() => read(postgres.url).catch(() => undefined)).toEqual(['kept'])
  await postgres.stop()
  await expect(postmasterPid(folder.path)).rejects.toThrow('ENOENT')
})

test('two processes share one server, and only the last one out stops it', async () => {
  await using folder = await temporaryFolder()
  const [one, other] = await Promise.all([startServerProcess([folder.path]), startServerProcess([folder.path])])
  expect(other.url).toBe(one.url)

  one.signal('SIGTERM')
  expect(await one.ended).toBe(0)
  await write(other.url, 'still here')

  other.signal('SIGTERM')
  expect(await other.ended).toBe(0)
  await expect(postmasterPid(folder.path)).rejects.toThrow('ENOENT')
})

test('a start in the moment of a stop ends with a running server', async () => {
  await using folder = await temporaryFolder()
  let running = await startEmbeddedPostgres({ dataDir: folder.path })
  for (const round of ['1', '2', '3', '4', '5']) {
    const [next] = await Promise.all([startEmbeddedPostgres({ dataDir: folder.path }), running.stop()])
    await write(next.url, round)
    running = next
  }
  expect(await read(running.url)).toEqual(['1', '2', '3', '4', '5'])
  await running.stop()
})

test('Ctrl-C reaches the process and not its database, which is stopped afterwards', async () => {
  await using folder = await temporaryFolder()
  const running = await startServerProcess([folder.path])
  running.signal('SIGINT')
  expect(await running.ended).toBe(0)
  await expect(postmasterPid(folder.path)).rejects.toThrow('ENOENT')
})

test('a lock file left behind whose pid now is another program stops nothing', async () => {
  await using folder = await temporaryFolder()
  const first = await startEmbeddedPostgres({ dataDir: folder.path })
  const lockFile = join(folder.path, 'postgres/postmaster.pid')
  const lock = await readFile(lockFile, 'utf8')
  await first.stop()
  await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)))

  const next = await startEmbeddedPostgres({ dataDir: folder.path })
  await write(next.url, 'written')
  await next.stop()
})

test('data of another version of Postgres is refused with a way out', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'postgres'))
  await writeFile(join(folder.path, 'postgres/PG_VERSION'), '9\n')
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toThrow(/data of Postgres 9.*pg_dump/s)
})

const isRoot = process.getuid?.() === 0
const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 }
const AS_NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups']

test.skipIf(!isRoot)('root works with data and binaries in folders that nobody else may enter', async () => {
  await using folder = await temporaryFolder()
  const home = join(folder.path, 'home')
  await mkdir(home, { mode: 0o700 })
  const sharedDir = join(folder.path, 'shared')
  const packageDir = join(home, 'postgres-package')
  await cp(embeddedPackage(), packageDir, { recursive: true, verbatimSymlinks: true })

  const binaries = await findBinaries(NOBODY, sharedDir, packageDir)
  expect(binaries.binDir.startsWith(sharedDir)).toBe(true)

  const options = { dataDir: join(home, 'data'), sharedDir }
  const first = await startEmbeddedPostgres(options)
  await write(first.url, 'kept')
  await first.stop()
  const second = await startEmbeddedPostgres(options)
  expect(await read(second.url)).toEqual(['kept'])
  await second.stop()
})

/** Not if the checkout lies in root's own closed folder. */
const canBecomeNobody = isRoot && spawnSync('setpriv', [...AS_NOBODY, 'test', '-r', import.meta.filename]).status === 0

test.skipIf(!canBecomeNobody)('an ordinary user runs it, and the data is then that user’s', async () => {
  await using folder = await temporaryFolder()
  await chmod(folder.path, 0o777)
  const dataDir = join(folder.path, 'data')
  await using running = await startServerProcess([dataDir], ['setpriv', ...AS_NOBODY])
  await write(running.url, 'written')
  expect((await stat(join(dataDir, 'postgres'))).uid).toBe(NOBODY.uid)
})

function embeddedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const fromServer = createRequire(import.meta.resolve('@zhanggui/server/db/embedded-postgres.ts'))
  return dirname(dirname(fromServer.resolve(name)))
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // tests kill the server under it
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

const write = (url: string, text: string) =>
  withClient(url, async (client) => {
    await client.query('create table if not exists note (text text not null)')
    await client.query('insert into note values ($1)', [text])
  })

const read = (url: string) =>
  withClient(url, async (client) =>
    (await client.query<{ text: string }>('select text from note')).rows.map((row) => row.text),
  )

async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}
