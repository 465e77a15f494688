import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The root of the checkout, for code that runs from `tests/` and, compiled, from `tests/dist/`. */
export const repository = findUpwards(import.meta.dirname)

function findUpwards(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder
  if (dirname(folder) === folder) throw new Error('These files are not inside a checkout')
  return findUpwards(dirname(folder))
}
