import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../support/repository.ts'
import { until } from '../support/until.ts'

const project = join(repository, 'sidebar-web')
const lock = join(project, 'node_modules/.building')

/** The page as it is shipped. `npm test` has built it already; this is for running these files alone, after a change. */
export async function buildSidebar(): Promise<void> {
  if (await isFresh()) return
  try {
    await mkdir(lock)
  } catch {
    return until(isFresh, 100_000) // another test file is building
  }
  try {
    if (await isNewer()) return // another has built it since we looked
    const vite = join(project, 'node_modules/vite/bin/vite.js')
    // Vitest's own NODE_ENV would make it a development build.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: project,
      env,
      stdio: 'inherit',
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('the sidebar does not build')
  } finally {
    await rmdir(lock)
  }
}

async function isFresh(): Promise<boolean> {
  const isBuilding = await stat(lock).then(
    () => true,
    () => false,
  )
  return !isBuilding && (await isNewer())
}

/** index.html is written last but for the compressed files, of which the newest is asked. */
async function isNewer(): Promise<boolean> {
  const built = await newest(join(project, 'dist')).catch(() => 0)
  const sources = ['src', 'build', 'index.html', 'vite.config.ts', 'package.json']
  const changed = await Promise.all(sources.map((name) => newest(join(project, name))))
  return built > Math.max(...changed)
}

async function newest(path: string): Promise<number> {
  const entry = await stat(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  const files = await readdir(path, { recursive: true })
  const times = await Promise.all(files.map(async (file) => (await stat(join(path, file))).mtimeMs))
  return Math.max(0, ...times)
}
