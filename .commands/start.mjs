// The server runs in this very process: signals, exit code and kill -9 are its own, with nothing in between.
import './node-version.mjs'
import './launcher.mjs'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const server = new URL('../server/dist/main.js', import.meta.url)
const settings = fileURLToPath(new URL('../.env', import.meta.url))

if (!existsSync(server)) {
  console.error('The server is not built yet: run `npm run setup` first.')
  process.exit(1)
}
if (existsSync(settings)) process.loadEnvFile(settings) // what the environment already says wins
await import(server.href)
