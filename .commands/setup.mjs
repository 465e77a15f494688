import { prepareWorkspace } from './workspace.mjs'

await prepareWorkspace()
console.log('Ready: `npm run demo` shows everything, `npm start` serves with the settings of .env.')
