// Runs the pinned pnpm: corepack fails against registries without signatures, and pnpm 11 needs Node 22.
import './node-version.mjs'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'

export const runPnpm = (args, options) => run('npx', ['-y', 'pnpm@10.34.9', ...args], options)

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const { code } = await runPnpm(process.argv.slice(2))
  process.exitCode = code
}
