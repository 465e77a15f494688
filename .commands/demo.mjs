import { prepareWorkspace } from './workspace.mjs'

await prepareWorkspace()
await import('../tests/dist/demo/main.js')
