import { migrationFiles } from '../../db/migrate.ts'
import { type Check, fail, ok } from '../check.ts'
import { appliedMigrations, serverVersion } from '../facts.repository.ts'

const GROUP = '数据库'
const OLDEST_MAJOR = 15

export const database: Check = {
  id: 'database',
  group: GROUP,
  title: '连得上',
  needs: ['settings'],
  async run({ database: { pool, where } }) {
    try {
      await (await pool()).query('select 1')
      return ok(where)
    } catch (error) {
      const { found, fix } = explain(error)
      return fail(`${where}:${found}`, fix)
    }
  },
}

const reasons: Record<string, { found: string; fix: string } | undefined> = {
  ECONNREFUSED: { found: '没有数据库在应答', fix: '确认 Postgres 在运行,DATABASE_URL 的主机和端口没写错' },
  ENOTFOUND: { found: '主机名解析不到', fix: '检查 DATABASE_URL 的主机名' },
  EAI_AGAIN: { found: '主机名解析不到', fix: '检查 DATABASE_URL 的主机名和本机的 DNS' },
  '28P01': { found: '用户名或密码不对', fix: '检查 DATABASE_URL 里的用户名和密码(特殊字符要写成 %XX)' },
  '28000': { found: '不许这个用户登录', fix: '在 pg_hba.conf 里放行这台机器' },
  '3D000': { found: '没有这个库', fix: '先建库:createdb,名字与 DATABASE_URL 一致' },
  '53300': { found: '连接数满了', fix: '调大 max_connections,或少开几个服务' },
}

function explain(error: unknown): { found: string; fix: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : ''
  if (error instanceof NoDatabaseYet) return { found: '还没有建库', fix: 'npm start,第一次启动会自动建好' }
  if (/timeout exceeded when trying to connect/.test(message))
    return { found: '连接超时', fix: '检查防火墙是否放行数据库的端口' }
  return reasons[code] ?? { found: `打不开(${message || code})`, fix: '按括号里的话处理,再查一次' }
}

/** The embedded database is made by the first start, not by an examination. */
export class NoDatabaseYet extends Error {}

export const databaseVersion: Check = {
  id: 'database-version',
  group: GROUP,
  title: '版本',
  needs: ['database'],
  async run(tools) {
    const { name, major } = await serverVersion(await tools.database.pool())
    return major >= OLDEST_MAJOR ? ok(`Postgres ${name}`) : fail(`Postgres ${name} 太旧`, `升级到 ${OLDEST_MAJOR} 以上`)
  },
}

export const migrations: Check = {
  id: 'migrations',
  group: GROUP,
  title: '表结构',
  needs: ['database-version'],
  async run(tools) {
    const [files, applied] = await Promise.all([migrationFiles(), appliedMigrations(await tools.database.pool())])
    const newer = applied.find((name) => !files.includes(name))
    if (newer) return fail(`比这个版本的掌柜新(${newer})`, '换上更新的那个版本再启动')
    const missing = files.length - applied.length
    if (missing > 0) return fail(`还差 ${missing} 步升级`, 'npm start 会自动完成')
    return ok('与这个版本一致')
  },
}
