import './node-version.mjs'
import './launcher.mjs'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const doctor = new URL('../server/dist/doctor/main.js', import.meta.url)
const settings = fileURLToPath(new URL('../.env', import.meta.url))

if (!existsSync(doctor)) {
  console.error('The server is not built yet: run `npm run setup` first.')
  process.exit(1)
}
if (existsSync(settings)) process.loadEnvFile(settings) // what the environment already says wins
await import(doctor.href)
