export const IMPORT_KINDS = ['stores', 'guides', 'products', 'members', 'orders', 'refunds', 'coupons'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface ImportArguments {
  kind: ImportKind
  file: string
  map?: string
  dryRun: boolean
}

const USAGE = `Usage: npm run import -- <${IMPORT_KINDS.join('|')}> FILE.csv[.gz] [--map MAP.json] [--dry-run]`

/** What was asked for, or a word of advice. */
export function readArguments(args: readonly string[]): ImportArguments | string {
  const words: string[] = []
  let map: string | undefined
  let dryRun = false
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--dry-run') dryRun = true
    else if (arg === '--map') {
      map = args[++at]
      if (map === undefined) return `--map needs a file.\n${USAGE}`
    } else if (arg.startsWith('--map=')) map = arg.slice('--map='.length)
    else if (arg.startsWith('-')) return `There is no option ${arg}.\n${USAGE}`
    else words.push(arg)
  }
  const [name, file, ...rest] = words
  const kind = IMPORT_KINDS.find((known) => known === name)
  if (!kind) return name === undefined ? USAGE : `There are no ${name} to import.\n${USAGE}`
  if (file === undefined || rest.length > 0) return `Name one file.\n${USAGE}`
  return { kind, file, dryRun, ...(map !== undefined && { map }) }
}
