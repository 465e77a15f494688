import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '@zhanggui/server/config.ts'
import { expect, test } from 'vitest'
import { repository } from '../support/repository.ts'

const SETTING = /^(?:# )?([A-Z][A-Z_]+)=(.*)$/
const lines = (await readFile(join(repository, '.env.example'), 'utf8')).split('\n')

test('.env.example has every setting the server reads, and no other', () => {
  const read = new Set<string>()
  const watched = new Proxy<NodeJS.ProcessEnv>({}, { get: (_, name) => void read.add(String(name)) })
  expect(() => readConfig(watched)).toThrow()

  const shown = lines.map((line) => SETTING.exec(line)?.[1]).filter((name) => name !== undefined)
  expect(shown.toSorted()).toEqual([...read].sort())
})

test('.env.example explains each setting and gives no secret a value', () => {
  for (const [index, line] of lines.entries()) {
    const [, name = '', value = ''] = SETTING.exec(line) ?? []
    if (!name) continue
    const above = lines.slice(0, index).reverse()
    const explanation = above.find((before) => !SETTING.test(before))
    expect(explanation, name).toMatch(/^# .+/)
    if (/SECRET|_KEY$|TOKEN/.test(name)) expect(value, name).toBe('')
  }
})
