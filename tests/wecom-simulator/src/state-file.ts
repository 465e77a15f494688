import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Credentials } from './cloud/credentials.ts'
import type { World } from './world/model.ts'
import { fromJson, restored, storable, toJson } from './world/snapshot.ts'

interface Stored {
  version: 1
  corpId: string
  world: ReturnType<typeof storable>
  credentials: Credentials
}

export interface Kept {
  world: World
  credentials: Credentials
}

const DEBOUNCE_MS = 250

export function readState(path: string, corpId: string): Kept | undefined {
  if (!existsSync(path)) return undefined
  const stored = fromJson(readFileSync(path, 'utf8'))
  if (!isStored(stored)) throw new Error(`${path} is not a state of this simulator; delete it to start anew`)
  if (stored.corpId !== corpId) throw new Error(`${path} belongs to another corp; delete it to start anew`)
  return { world: restored(stored.world), credentials: stored.credentials }
}

/** Written beside and renamed, so that a kill at any moment leaves a whole file. */
export function createStateFile(path: string, corpId: string, { world, credentials }: Kept) {
  let timer: NodeJS.Timeout | undefined

  function write() {
    clearTimeout(timer)
    timer = undefined
    const state: Stored = { version: 1, corpId, world: storable(world), credentials }
    writeFileSync(`${path}.new`, toJson(state), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }

  return {
    write,
    writeSoon() {
      timer ??= setTimeout(write, DEBOUNCE_MS)
    },
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1
}
