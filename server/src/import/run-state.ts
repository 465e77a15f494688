import { readFile, rename, rm, writeFile } from 'node:fs/promises'

export interface Counts {
  accepted: number
  unchanged: number
  rejected: number
}

/** How far an import came; stands beside the file until it is done. */
export interface RunState {
  /** Of the file's bytes, the kind and the mapping: another file, or another reading of it, begins anew. */
  digest: string
  /** Records done, in the order in which the file gives them. */
  done: number
  rowsDone: number
  skippedRows: number
  /** Bytes of the rejected file; what stands behind was written without being noted here. */
  rejectedLength: number
  counts: Record<string, Counts>
}

export function statePath(file: string): string {
  return `${file}.import.json`
}

/** Undefined: none, not readable, or of something else. */
export async function findRunState(path: string, digest: string): Promise<RunState | undefined> {
  try {
    const state: RunState = JSON.parse(await readFile(path, 'utf8'))
    return state.digest === digest ? state : undefined
  } catch {
    return undefined
  }
}

/** Whole or not at all, whenever the process dies. */
export async function keepRunState(path: string, state: RunState): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(state))
  await rename(`${path}.new`, path)
}

export async function forgetRunState(path: string): Promise<void> {
  await rm(path, { force: true })
}
