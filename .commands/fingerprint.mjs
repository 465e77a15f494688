import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Made, not written: they do not count as sources. */
const MADE = /^(node_modules|dist.*|coverage|test-results|\..*)$|\.tsbuildinfo$/

/** One hash over the names and contents of files and whole folders, plus whatever else decides the outcome. */
export function fingerprint(root, paths, also = []) {
  const hash = createHash('sha256').update(JSON.stringify(also))
  for (const path of paths.flatMap((entry) => listFiles(join(root, entry)))) {
    hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function listFiles(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => !MADE.test(name))
    .sort()
    .flatMap((name) => listFiles(join(path, name)))
}
