import { join } from 'node:path'
import pg from 'pg'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { repository } from '../support/repository.ts'

/** What the types say of a column, or what the database does. */
interface Column {
  type: string
  nullable: boolean
  /** May be left out of an insert. */
  optional: boolean
}

const typeOf: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  bytea: 'Buffer',
  _text: 'string[]',
  jsonb: 'json',
}

test('the table types are the migrated database, column by column', async () => {
  await using database = await createTestDatabase()
  expect(declared()).toEqual(await migrated(database.url))
})

async function migrated(url: string): Promise<Record<string, Column>> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{
      table: string
      column: string
      type: string
      nullable: boolean
      optional: boolean
    }>(
      `select table_name as table, column_name as column, udt_name as type, is_nullable = 'YES' as nullable,
              is_nullable = 'YES' or column_default is not null or is_identity = 'YES' as optional
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migration'`,
    )
    return Object.fromEntries(
      rows.map(({ table, column, type, nullable, optional }) => [
        `${camel(table)}.${camel(column)}`,
        { type: typeOf[type] ?? `unmapped ${type}`, nullable, optional },
      ]),
    )
  } finally {
    await client.end()
  }
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** Reads `Database` with the compiler: what a query gives back, and what an insert may leave out. */
function declared(): Record<string, Column> {
  const file = join(repository, 'server/src/db/rows-for-the-schema-test.ts')
  const source = `
    import type { Insertable, Selectable } from 'kysely'
    import type { Database } from './schema.ts'
    export type Rows = { [K in keyof Database]: Selectable<Database[K]> }
    export type Inserts = { [K in keyof Database]: Insertable<Database[K]> }`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    customConditions: ['development'],
    types: ['node'],
    typeRoots: [join(repository, 'node_modules/@types')],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.readFile = (name) => (name === file ? source : readFile(name))
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest)
  const program = ts.createProgram([file], options, host)
  expect(
    ts.getPreEmitDiagnostics(program).map((found) => ts.flattenDiagnosticMessageText(found.messageText, ' ')),
  ).toEqual([])

  const checker = program.getTypeChecker()
  const found = program.getSourceFile(file)
  const module = found && checker.getSymbolAtLocation(found)
  const alias = (name: string): ts.Type => {
    const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name)
    if (!symbol) throw new Error(`no ${name}`)
    return checker.getDeclaredTypeOfSymbol(symbol)
  }
  const inserts = new Map(columnsOf(checker, alias('Inserts')).map(([name, symbol]) => [name, symbol]))
  // A view takes no inserts; what it shows is its tables' columns again.
  const tables = new Set([...inserts.keys()].map((name) => name.split('.')[0]))
  const columns = columnsOf(checker, alias('Rows')).filter(([name]) => tables.has(name.split('.')[0]))
  return Object.fromEntries(
    columns.map(([name, symbol]) => {
      const type = checker.getTypeOfSymbol(symbol)
      const nullable = (type.isUnion() ? type.types : [type]).some((part) => part.flags & ts.TypeFlags.Null)
      const insert = inserts.get(name)
      const optional = insert === undefined || (insert.flags & ts.SymbolFlags.Optional) !== 0
      return [name, { type: wordFor(checker, checker.getNonNullableType(type)), nullable, optional }]
    }),
  )
}

function columnsOf(checker: ts.TypeChecker, tables: ts.Type): [name: string, symbol: ts.Symbol][] {
  return checker
    .getPropertiesOfType(tables)
    .flatMap((table) =>
      checker
        .getPropertiesOfType(checker.getTypeOfSymbol(table))
        .map((column): [string, ts.Symbol] => [`${table.name}.${column.name}`, column]),
    )
}

/** A union of texts is a text to the database; any object that is neither Date nor Buffer is JSON. */
function wordFor(checker: ts.TypeChecker, type: ts.Type): string {
  const parts = type.isUnion() ? type.types : [type]
  if (parts.every((part) => part.flags & ts.TypeFlags.StringLike)) return 'string'
  if (parts.every((part) => part.flags & ts.TypeFlags.NumberLike)) return 'number'
  if (parts.every((part) => part.flags & ts.TypeFlags.BooleanLike)) return 'boolean'
  const text = checker.typeToString(type)
  if (text.startsWith('Buffer')) return 'Buffer'
  return ['Date', 'string[]'].includes(text) ? text : 'json'
}
