// The verification runs in this very process: its exit code is the answer.
import './node-version.mjs'
import './launcher.mjs'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const verifier = new URL('../server/dist/reports/main.js', import.meta.url)
const settings = fileURLToPath(new URL('../.env', import.meta.url))

if (!existsSync(verifier)) {
  console.error('The server is not built yet: run `npm run setup` first.')
  process.exit(1)
}
if (existsSync(settings)) process.loadEnvFile(settings) // what the environment already says wins
await import(verifier.href)
