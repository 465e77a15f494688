import { benchCallbacks } from './callbacks.ts'
import { benchImport } from './import.ts'
import { benchRetail } from './retail.ts'
import { benchSidebar } from './sidebar.ts'
import { benchSync } from './sync.ts'
import { benchWelcomes } from './welcomes.ts'

const benches: Record<string, () => Promise<void>> = {
  callbacks: benchCallbacks,
  welcomes: benchWelcomes,
  sidebar: benchSidebar,
  sync: benchSync,
  import: benchImport,
  retail: benchRetail,
}

// Options (`--relations=…`) are the bench's own.
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  await bench()
}
