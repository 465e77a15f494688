// Imported first by every command, so that an old Node gets a sentence instead of a stack.
const NEEDED = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`Node ${NEEDED.join('.')} or newer is needed, this is ${process.versions.node}.`)
  console.error('Install Node 24 LTS from https://nodejs.org and run the command again.')
  process.exit(1)
}
