import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import { migrate } from '@zhanggui/server/db/migrate.ts'
import { expect, test } from 'vitest'
import { repository } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openClinic } from './clinic.ts'

test('npm run doctor says what is well and ends with 0', async () => {
  await using clinic = await openClinic()
  const { code, lines } = await npmRunDoctor(clinic.env)
  expect(lines.filter((line) => /✗/.test(line))).toEqual([])
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}✓ 企业可信IP {8}本机的地址可以调用$/))
  expect(lines.at(-1)).toMatch(/^共 \d+ 项:\d+ ✓ {2}1 ! {2}1 –$/)
  expect(code).toBe(0)
})

test('npm run doctor marks what is wrong with its fix and ends with 1', async () => {
  await using clinic = await openClinic()
  clinic.simulator.setTrustedIp(false)
  const { code, lines } = await npmRunDoctor(clinic.env)
  const at = lines.findIndex((line) => line.startsWith('  ✗ 企业可信IP '))
  expect(lines[at]).toContain('127.0.0.1')
  expect(lines[at + 1]).toMatch(/^ {22}· 管理后台 → 应用管理 → 应用 → 掌柜 → 企业可信IP,加上 127\.0\.0\.1/)
  expect(lines).toContain('  – 可见范围          要先解决“应用”')
  expect(lines.join('\n')).not.toContain('\u001b')
  expect(code).toBe(1)
})

test('npm run doctor names every bad setting', async () => {
  const { code, lines } = await npmRunDoctor({ PORT: 'eighty' })
  expect(code).toBe(1)
  const all = lines.join('\n')
  for (const name of ['PORT', 'SESSION_SECRET', 'DATA_KEY', 'WECOM_AGENT_SECRET', 'WECOM_CALLBACK_AES_KEY'])
    expect(all).toMatch(new RegExp(`· ${name}:`))
})

test('an embedded database is looked at whether it runs or not, and is never made by looking', async () => {
  await using clinic = await openClinic()
  await using folder = await temporaryFolder()
  const env = { ...clinic.env, DATABASE_URL: '', DATA_DIR: folder.path }
  const databaseLines = async () => {
    const { lines } = await npmRunDoctor(env)
    return lines
      .filter((line) => /[✓✗–] (连得上 .*自带的|表结构 )/.test(line))
      .map((line) => line.trim().replace(/ +/g, ' '))
  }
  const here = `自带的(${folder.path})`
  expect(await databaseLines()).toEqual([`✗ 连得上 ${here}:还没有建库`, '– 表结构 要先解决“版本”'])

  const postgres = await startEmbeddedPostgres({ dataDir: folder.path })
  await migrate(postgres.url)
  const well = [`✓ 连得上 ${here}`, '✓ 表结构 与这个版本一致']
  expect(await databaseLines()).toEqual(well)
  await postgres.stop()
  expect(await databaseLines()).toEqual(well)
}, 120_000)

async function npmRunDoctor(settings: NodeJS.ProcessEnv): Promise<{ code: number | null; lines: string[] }> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(WECOM_|DATABASE_URL|PUBLIC_URL|HQ_)/.test(name))
  const npm = spawn('npm', ['run', '--silent', 'doctor'], {
    cwd: repository,
    env: { ...Object.fromEntries(inherited), NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  npm.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const [code] = await once(npm, 'close')
  return { code, lines: text.trimEnd().split('\n') }
}
