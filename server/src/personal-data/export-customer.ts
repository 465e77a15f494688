import { strToU8, zipSync } from 'fflate'
import type { DataCipher } from '../data-cipher.ts'
import type { Deps } from '../deps.ts'
import { readRows } from './export.repository.ts'
import { findPerson } from './find-person.repository.ts'
import { personalTables } from './personal-tables.ts'

interface Export {
  externalUserId: string
  /** Of its audit entry. */
  number: number
  actor: string
  at: Date
}

/** A zip of all that is held of a customer, as it was at one moment: a file a table, and one that explains them. */
export async function exportCustomer({ db, cipher }: Pick<Deps, 'db' | 'cipher'>, wanted: Export): Promise<Buffer> {
  const tables = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const person = await findPerson(tx, wanted.externalUserId)
      const found = []
      for (const { table, title, of, hide = [] } of personalTables) {
        const rows = await readRows(tx, table, of(person))
        if (rows.length > 0) found.push({ table, title, rows: rows.map((row) => tell(row, hide, cipher)) })
      }
      return found
    })
  const files = tables.map(
    ({ table, rows }) => [`${table}.json`, strToU8(`${JSON.stringify(rows, null, 2)}\n`)] as const,
  )
  const readme = strToU8(explain(wanted, tables))
  return Buffer.from(zipSync(Object.fromEntries([['说明.txt', readme], ...files]), { mtime: wanted.at }))
}

/** One row as its person may read it: phones in clear, nothing that only machines read. */
function tell(row: Record<string, unknown>, hide: readonly string[], cipher: DataCipher): Record<string, unknown> {
  const told: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) {
    if (hide.includes(column) || value === null) continue
    if (column === 'phoneSealed' && Buffer.isBuffer(value)) told.phone = cipher.open(value)
    else if (column === 'phonesSealed' && Buffer.isBuffer(value)) told.phones = JSON.parse(cipher.open(value))
    else told[column] = value
  }
  return told
}

function explain(
  { externalUserId, number, actor, at }: Export,
  tables: readonly { table: string; title: string; rows: readonly unknown[] }[],
): string {
  return [
    '掌柜 · 个人资料导出',
    '',
    `顾客编号 ${externalUserId}`,
    `导出时间 ${at.toISOString()}`,
    `导出编号 ${number}(由 ${actor} 导出,已记录在案)`,
    '',
    '金额以分为单位,时间是带时区的国际标准写法。每个文件是一类资料:',
    ...tables.map(({ table, title, rows }) => `${table}.json  ${title},${rows.length} 条`),
    '',
  ].join('\r\n')
}
