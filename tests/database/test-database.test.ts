import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'

test('two test databases are migrated and know nothing of each other', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()
  await run(one.url, 'create table only_here ()')
  await expect(run(other.url, 'select * from only_here')).rejects.toThrow('does not exist')
  expect(await run(other.url, 'select name from schema_migration')).not.toHaveLength(0)
})

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
