import './node-version.mjs'
import './launcher.mjs'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { fingerprint } from './fingerprint.mjs'
import { runPnpm } from './pnpm.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const memoryFile = join(root, 'node_modules/.zhanggui-setup.json')

/** Installs and builds what has changed since the last time. Ends the process with a word of advice if that fails. */
export async function prepareWorkspace() {
  const packages = readPackages()
  const memory = recall()
  const installed = fingerprint(
    root,
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packages.map(({ path }) => `${path}/package.json`)],
    [process.platform, process.arch, process.versions.modules],
  )
  const steps = [
    () => install(memory, packages, installed),
    () => compile(memory, packages),
    async () => (await Promise.all(packages.map((pkg) => build(memory, pkg)))).every(Boolean),
  ]
  for (const step of steps) if (!(await step())) process.exit(1)
}

async function install(memory, packages, installed) {
  const complete = packages.every(({ path }) => existsSync(join(root, path, 'node_modules')))
  if (complete && memory.installed === installed) return true
  const done = await tell('Installing packages (a minute or two the first time)', () =>
    runPnpm(
      // Whatever the machine's own npm settings say: development packages and the trusted install scripts are needed.
      [
        ...['install', '--frozen-lockfile', '--prod=false'],
        ...['--config.ignore-scripts=false', '--config.confirm-modules-purge=false'],
      ],
      { output: 'collect' },
    ),
  )
  if (done) remember(memory, { installed, compiled: undefined, built: {} })
  return done
}

/** TypeScript projects build on each other, so they are one step; tsc itself leaves out what has not changed. */
async function compile(memory, packages) {
  const references = readReferences()
  const projects = packages.filter(({ path }) => references.includes(path))
  const compiled = fingerprint(
    root,
    ['tsconfig.json', 'tsconfig.base.json', ...projects.map(({ path }) => path)],
    [memory.installed],
  )
  const complete = projects.every(({ path }) => existsSync(join(root, path, 'dist')))
  if (complete && memory.compiled === compiled) return true
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  // tsc does not notice that somebody removed what it made.
  const args = ['-b', root, ...(complete ? [] : ['--force'])]
  const done = await tell('Compiling', () => run(process.execPath, [tsc, ...args], { output: 'collect' }))
  if (done) remember(memory, { compiled })
  return done
}

async function build(memory, { name, path, scripts }) {
  if (!scripts?.build) return true
  const sources = fingerprint(root, [path, 'shared'], [memory.installed])
  const last = memory.built?.[name]
  if (last?.sources === sources && last.pages.every((page) => existsSync(join(root, path, page)))) return true
  const done = await tell(`Building ${path}`, () => runPnpm(['--filter', name, 'run', 'build'], { output: 'collect' }))
  if (!done) return false
  const pages = readdirSync(join(root, path))
    .map((folder) => join(folder, 'index.html'))
    .filter((page) => page.startsWith('dist') && existsSync(join(root, path, page)))
  remember(memory, { built: { ...memory.built, [name]: { sources, pages } } })
  return true
}

/** Says what is being done and how it ended; false if it failed. */
async function tell(title, work) {
  console.log(`${title} …`)
  const startedAt = performance.now()
  const { code, text } = await work()
  if (code === 0) console.log(`${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  else console.error(`${text.trim()}\n\n${title}: failed. ${adviceFor(text)}`)
  return code === 0
}

function adviceFor(text) {
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|FETCH_\d|META_FETCH/.test(text)) {
    return 'The package registry cannot be reached: check the network, the proxy and `npm config get registry`, then run it again.'
  }
  if (/OUTDATED_LOCKFILE/.test(text)) {
    return 'A package.json says something else than pnpm-lock.yaml: run `node .commands/pnpm.mjs install` and commit the lockfile.'
  }
  if (/EACCES|EPERM/.test(text))
    return 'Some file here belongs to another user: give the checkout to the user who runs this.'
  if (/ENOSPC/.test(text)) return 'The disk is full.'
  return 'The lines above say why; mend that and run it again.'
}

/** The packages of pnpm-workspace.yaml, of which only the plain list under `packages:` is read. */
function readPackages() {
  const [, list = ''] =
    /^packages:\n((?:[ ]+- .*\n)+)/m.exec(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')) ?? []
  return [...list.matchAll(/- (.+)/g)]
    .map(([, path]) => path.trim())
    .map((path) => ({ path, ...JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) }))
}

function readReferences() {
  return JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).references.map(({ path }) => path)
}

function recall() {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8'))
  } catch {
    return {} // the first time, or somebody removed node_modules
  }
}

function remember(memory, news) {
  Object.assign(memory, news)
  mkdirSync(dirname(memoryFile), { recursive: true })
  writeFileSync(memoryFile, JSON.stringify(memory))
}
