import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, NewerSchemaError } from '@zhanggui/server/db/migrate.ts'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { repository } from '../support/repository.ts'

async function emptyDatabase() {
  const serverUrl = inject('postgresUrl')
  const name = `empty_${process.pid}_${Math.random().toString(36).slice(2)}`
  await query(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => query(serverUrl, `drop database ${name} with (force)`).then(() => {}),
  }
}

async function query(url: string, sql: string) {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('several servers may start on an empty database at once', async () => {
  await using database = await emptyDatabase()
  await Promise.all(Array.from({ length: 4 }, () => migrate(database.url)))
  const applied = await query(database.url, 'select count(*)::int as count from schema_migration')
  expect(applied[0]?.count).toBeGreaterThan(5)
})

test('a server refuses a database that a newer one has migrated, and changes nothing', async () => {
  await using database = await emptyDatabase()
  await migrate(database.url)
  await query(database.url, `insert into schema_migration (name) values ('9999_from_the_future.sql')`)
  await expect(migrate(database.url)).rejects.toThrow(NewerSchemaError)
})

test('a migration that fails leaves no half of itself', async () => {
  await using database = await emptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  try {
    await cp(join(repository, 'migrations'), folder, { recursive: true })
    await writeFile(join(folder, '9998_broken.sql'), 'create table half (id int); select no_such_function();')
    await expect(migrate(database.url, folder)).rejects.toThrow('9998_broken.sql failed')
    expect(await query(database.url, `select to_regclass('half') as found`)).toEqual([{ found: null }])
  } finally {
    await rm(folder, { recursive: true })
  }
})
