import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readMapping } from '@zhanggui/server/import/mapping.ts'
import { type ImportResult, type ImportWish, runImport } from '@zhanggui/server/import/run-import.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface ImportScene extends AsyncDisposable {
  t: TestApp
  folder: string
  /** Writes the file and imports it. */
  take(
    kind: ImportWish['kind'],
    content: string | Uint8Array,
    more?: { name?: string; mapping?: object } & Partial<Omit<ImportWish, 'mapping' | 'kind'>>,
  ): Promise<ImportResult>
  path(name: string): string
}

export async function importScene(): Promise<ImportScene> {
  const folder = await temporaryFolder()
  const t = await testApp()
  const path = (name: string) => join(folder.path, name)
  return {
    t,
    folder: folder.path,
    path,
    async take(kind, content, { name = 'file.csv', mapping, ...wish } = {}) {
      const file = wish.file ?? path(name)
      if (wish.file === undefined) await writeFile(file, content)
      const checked = mapping === undefined ? undefined : readMapping(JSON.stringify({ columns: {}, ...mapping }))
      if (typeof checked === 'string') throw new Error(checked)
      return runImport(t.deps, { dryRun: false, ...wish, kind, file, mapping: checked })
    },
    async [Symbol.asyncDispose]() {
      await t[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}
