import { randomBytes } from 'node:crypto'
import { lchown, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode, SomebodyElsesError } from './errors.ts'

/** `<dataDir>/postgres.json`, readable by us alone: what has to be remembered from one start to the next. */
export interface ClusterFile {
  /** The data folder; relative to `dataDir`, so that this can be moved, unless it had to be elsewhere. */
  folder: string
  password: string
  /** The port of the last start, taken again if it is free. */
  port?: number
}

const fileOf = (dataDir: string) => join(dataDir, 'postgres.json')

export async function readClusterFile(dataDir: string): Promise<ClusterFile | undefined> {
  let text: string
  try {
    text = await readFile(fileOf(dataDir), 'utf8')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    if (hasCode(cause, 'EACCES')) throw new SomebodyElsesError(dataDir, { cause })
    throw cause
  }
  const { folder, password, port }: Record<string, unknown> = JSON.parse(text)
  if (typeof folder !== 'string' || typeof password !== 'string') throw new Error(`${fileOf(dataDir)} is damaged`)
  return { folder, password, ...(typeof port === 'number' && { port }) }
}

/** Of several processes that start at once, the first one's file counts for all. */
export async function writeFirstClusterFile(dataDir: string, folder: string): Promise<ClusterFile> {
  const file: ClusterFile = { folder, password: randomBytes(24).toString('base64url') }
  const draft = await writeDraft(dataDir, file)
  try {
    await link(draft, fileOf(dataDir))
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause
  } finally {
    await rm(draft)
  }
  return (await readClusterFile(dataDir)) ?? file
}

export async function rememberPort(dataDir: string, port: number): Promise<void> {
  const file = await readClusterFile(dataDir)
  if (!file || file.port === port) return
  const draft = await writeDraft(dataDir, { ...file, port })
  // Root, passing by, must not take the file away from the user it belongs to.
  const { uid, gid } = await stat(fileOf(dataDir))
  if (process.getuid?.() === 0) await lchown(draft, uid, gid)
  await rename(draft, fileOf(dataDir))
}

async function writeDraft(dataDir: string, file: ClusterFile): Promise<string> {
  const draft = `${fileOf(dataDir)}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return draft
}
