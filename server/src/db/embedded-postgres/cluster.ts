import { randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { SupervisorLog } from '../embedded-postgres.ts'
import { type Account, canEnter, serverAccount } from './account.ts'
import { type Binaries, makeSharedDir } from './binaries.ts'
import { readClusterFile, writeFirstClusterFile } from './cluster-file.ts'
import { hasCode, SomebodyElsesError } from './errors.ts'
import { runBinary } from './run-binary.ts'

export const DATABASE_USER = 'zhanggui'

/** A Postgres data folder that exists and is ready to be started. */
export interface Cluster {
  dataDir: string
  folder: string
  password: string
  binDir: string
  account: Account | undefined
}

/** Written by initdb into postgresql.conf. Durability (fsync, synchronous_commit) stays as Postgres ships it: on. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log holds the server's own life and nothing of what people wrote: no failed statements, no values in details.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** Finds the data under `dataDir`, or makes it. Safe when several processes do so at once, or are killed on the way. */
export async function openCluster(
  dataDir: string,
  sharedDir: string,
  findBinaries: (account: Account | undefined) => Promise<Binaries>,
  log: SupervisorLog,
): Promise<Cluster> {
  const known = await readClusterFile(dataDir)
  const account = await serverAccount(resolve(dataDir, known?.folder ?? 'postgres'))
  const binaries = await findBinaries(account)
  const file = known ?? (await writeFirstClusterFile(dataDir, await chooseFolder(dataDir, sharedDir, account)))
  const folder = resolve(dataDir, file.folder)
  if (!canEnter(account, dirname(folder))) {
    throw new Error(
      `Postgres runs as ${account?.name}, who may not enter ${dirname(folder)}. ` +
        'Move DATA_DIR to a folder that user can enter, start as an ordinary user, or set DATABASE_URL.',
    )
  }
  const cluster = { dataDir, folder, password: file.password, binDir: binaries.binDir, account }
  if (!(await readMajorVersion(folder))) {
    await initialise(cluster)
    log.info({ folder }, 'embedded Postgres initialised')
  }
  await refuseOtherVersion(folder, binaries.majorVersion)
  return cluster
}

/** Inside `dataDir`, unless the user Postgres runs as cannot get there (root with a closed home folder). */
async function chooseFolder(dataDir: string, sharedDir: string, account: Account | undefined): Promise<string> {
  if (canEnter(account, dataDir)) return 'postgres'
  await makeSharedDir(sharedDir)
  return join(sharedDir, `postgres-data-${randomBytes(8).toString('hex')}`)
}

/** initdb works in a folder of its own that is then renamed, so a cluster is there whole or not at all. */
async function initialise({ folder, password, binDir, account }: Cluster): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  const unfinished = join(dirname(folder), `${prefix}${randomBytes(6).toString('hex')}`)
  const secret = await mkdtemp(join(tmpdir(), 'zhanggui-'))
  try {
    await mkdir(unfinished, { mode: 0o700 })
    const passwordFile = join(secret, 'password')
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (account) {
      for (const path of [unfinished, passwordFile, secret]) await chown(path, account.uid, account.gid)
    }

    const { code, output } = await runBinary({ binDir, account }, 'initdb', [
      ...['--pgdata', unfinished, '--username', DATABASE_USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // Sorting and case rules that come with Postgres itself, so that no system library can change them under an index.
      ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    ])
    if (code === 0) await rename(unfinished, folder)
    else if (!(await readMajorVersion(folder)))
      throw new Error(`Postgres could not prepare ${folder}: ${output.trim()}`)
  } catch (cause) {
    // Somebody else was first: theirs is as good as ours.
    if (!(await readMajorVersion(folder))) throw cause
  } finally {
    await rm(secret, { recursive: true, force: true })
    if (await readMajorVersion(folder)) await removeUnfinished(dirname(folder), prefix)
    else await rm(unfinished, { recursive: true, force: true })
  }
}

/** Once the cluster is there, every attempt that is not, of a killed process or a slower one, is rubbish. */
async function removeUnfinished(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true })
  }
}

async function readMajorVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    if (hasCode(cause, 'EACCES')) throw new SomebodyElsesError(folder, { cause })
    throw cause
  }
}

async function refuseOtherVersion(folder: string, expected: string): Promise<void> {
  const found = await readMajorVersion(folder)
  if (found === expected) return
  throw new Error(
    `${folder} holds data of Postgres ${found}, and this release brings Postgres ${expected}. ` +
      'Move the data over with pg_dump and pg_restore, or choose another DATA_DIR.',
  )
}
