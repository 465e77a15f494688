// The import runs in this very process: Ctrl-C and kill -9 are its own, with nothing in between.
import './node-version.mjs'
import './launcher.mjs'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const importer = new URL('../server/dist/import/main.js', import.meta.url)
const settings = fileURLToPath(new URL('../.env', import.meta.url))

if (!existsSync(importer)) {
  console.error('The server is not built yet: run `npm run setup` first.')
  process.exit(1)
}
if (existsSync(settings)) process.loadEnvFile(settings) // what the environment already says wins
await import(importer.href)
