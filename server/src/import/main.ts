import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigError } from '../config.ts'
import { clients, withOwnDeps } from '../own-deps.ts'
import { STOPPED, stopOnSignal } from '../stop-on-signal.ts'
import { type ImportArguments, readArguments } from './arguments.ts'
import { CsvError } from './csv.ts'
import { type Mapping, readMapping } from './mapping.ts'
import { TableError } from './row-reader.ts'
import { type ImportResult, runImport } from './run-import.ts'
import { createImportView, grouped } from './show-import.ts'

const UNUSABLE = 2

/** npm changes to the package's folder; paths are meant from where the command was typed. */
function typedPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path)
}

/** `npm run import`: takes a file on the server's own database, whether or not a server runs. Gives the exit code. */
async function main({ kind, file: name, map, dryRun }: ImportArguments): Promise<number> {
  const file = typedPath(name)
  const mapping = map === undefined ? undefined : await loadMapping(typedPath(map))
  const signal = stopOnSignal()
  return withOwnDeps(clients(4), async (deps) => {
    const view = createImportView(process.stderr, () => performance.now())
    try {
      const result = await runImport(deps, {
        kind,
        file,
        mapping,
        dryRun,
        signal,
        onProgress: view.show,
        onResume: (rows) => view.say(`Going on after the ${grouped(rows)} rows an earlier run has done.`),
      })
      view.finish()
      console.log(writeResult(result, dryRun, view.seconds()))
      if (result.stopped) return STOPPED
      return result.rejectedFile ? 1 : 0
    } finally {
      view.finish()
    }
  })
}

async function loadMapping(path: string): Promise<Mapping> {
  const mapping = readMapping(await readFile(path, 'utf8'))
  if (typeof mapping === 'string') throw new TableError(`${path}: ${mapping}`)
  return mapping
}

function writeResult(
  { rows, skippedRows, counts, rejectedFile, stopped }: ImportResult,
  dryRun: boolean,
  seconds: number,
) {
  const lines = Object.entries(counts).map(
    ([kind, { accepted, unchanged, rejected }]) =>
      `${kind}: ${grouped(accepted)} accepted, ${grouped(unchanged)} unchanged, ${grouped(rejected)} rejected`,
  )
  if (skippedRows > 0) lines.push(`${grouped(skippedRows)} rows left out, as the mapping says`)
  if (rejectedFile)
    lines.push(`The rejected rows, each with its reason, are in ${rejectedFile}: correct them and send that file.`)
  if (dryRun) lines.push('This was a dry run: nothing is kept.')
  if (stopped) lines.push('Stopped. What was taken so far is kept; the same command goes on from here.')
  lines.push(`${grouped(rows)} rows, ${seconds.toFixed(1)} s`)
  return lines.join('\n')
}

/** What went wrong and what to do about it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `${error.message}\nSee .env.example for every setting.`
  if (error instanceof TableError || error instanceof CsvError) return `Nothing was taken: ${error.message}.`
  const words = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return words
  return `The import broke off: ${words}\nRun it again: it goes on where it stopped.`
}

const args = readArguments(process.argv.slice(2))
if (typeof args === 'string') {
  console.error(args)
  process.exitCode = UNUSABLE
} else {
  process.exitCode = await main(args).catch((error: unknown) => {
    console.error(explain(error))
    return error instanceof TableError || error instanceof ConfigError ? UNUSABLE : 1
  })
}
