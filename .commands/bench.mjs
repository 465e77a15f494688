import { join } from 'node:path'
import { run } from './child.mjs'
import { prepareWorkspace, root } from './workspace.mjs'

await prepareWorkspace()
const { code } = await run(process.execPath, [join(root, 'tests/dist/bench/main.js'), ...process.argv.slice(2)])
process.exitCode = code
