import { isPartName, PART_NAMES, type PartName } from './part-names.ts'

export interface SyncArguments {
  parts: readonly PartName[]
  /** An interrupted run is given up. */
  full: boolean
}

/** `[guides|customers|tags|groups] [--full]`: several parts may be named, none means all. Gives a word of advice. */
export function readArguments(args: readonly string[]): SyncArguments | string {
  const full = args.includes('--full')
  const names = args.filter((arg) => arg !== '--full')
  const unknown = names.filter((name) => !isPartName(name))
  if (unknown.length > 0)
    return `There is no ${unknown.join(', ')} to sync. Usage: npm run sync -- [${PART_NAMES.join('|')}] [--full]`
  const parts = PART_NAMES.filter((name) => names.length === 0 || names.includes(name))
  return { parts, full }
}
