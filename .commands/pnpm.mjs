// Runs the pinned pnpm: corepack fails against registries without signatures, and pnpm 11 needs Node 22.
import { spawnSync } from 'node:child_process'

const run = spawnSync('npx', ['-y', 'pnpm@10.34.9', ...process.argv.slice(2)], { stdio: 'inherit', shell: process.platform === 'win32' })
process.exit(run.status ?? 1)
