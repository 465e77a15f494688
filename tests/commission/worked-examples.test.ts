import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repository } from '../support/repository.ts'
import { openRetail } from './retail-story.ts'
import { actOut, ledgerOf, readExamples } from './story-language.ts'

const examples = readExamples(await readFile(join(repository, 'docs/commission.md'), 'utf8'))
const ownerFirst = await openRetail()
const sharerFirst = await openRetail({ env: { ATTRIBUTION: 'sharer_first' } })
afterAll(async () => {
  await ownerFirst.t[Symbol.asyncDispose]()
  await sharerFirst.t[Symbol.asyncDispose]()
})

test('the page has examples', () => {
  expect(examples.length).toBeGreaterThan(20)
})

test.for(examples.map(({ title, ...example }) => [title, example] as const))('%s', async ([, { story, ledger }]) => {
  const retail = story.includes('setting sharer_first') ? sharerFirst : ownerFirst
  await retail.forgetEverything()
  await retail.send('stores', [{ storeId: 'north', name: 'north' }])
  await retail.send(
    'guides',
    ['LinXiao', 'ZhouMin', 'ChenChen'].map((userId) => ({ userId, storeId: 'north' })),
  )
  for (const line of story.filter((line) => !line.startsWith('setting'))) await actOut(retail, line)
  expect(await ledgerOf(retail)).toEqual(ledger)
})
