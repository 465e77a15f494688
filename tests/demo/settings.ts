import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { shanghaiDay } from './data/calendar.ts'

const Ports = Type.Object({
  server: Type.Integer(),
  simulator: Type.Integer(),
  webview: Type.Integer(),
  mall: Type.Integer(),
})
export type Ports = Static<typeof Ports>

/** `<dataDir>/demo.json`: made once, so that a later start meets the same corp, keys and day. */
const DemoSettings = Type.Object({
  /** The day the data was made for. */
  day: Type.String(),
  /** Everything is in the database; a folder without it is seeded again. */
  seeded: Type.Boolean(),
  ports: Type.Optional(Ports),
  corpId: Type.String(),
  agentId: Type.String(),
  agentSecret: Type.String(),
  callback: Type.Object({ token: Type.String(), aesKey: Type.String() }),
  contactsCallback: Type.Object({ token: Type.String(), aesKey: Type.String() }),
  sessionSecret: Type.String(),
  dataKey: Type.String(),
  openApiKey: Type.String(),
  smsToken: Type.String(),
})
export type DemoSettings = Static<typeof DemoSettings>

export async function readSettings(dataDir: string, now: Date): Promise<DemoSettings> {
  await mkdir(dataDir, { recursive: true })
  const text = await readFile(pathIn(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return writeSettings(dataDir, newSettings(now))
  const settings: unknown = JSON.parse(text)
  if (!Value.Check(DemoSettings, settings))
    throw new Error(`${pathIn(dataDir)} 不是这个版本的演示设置,删掉 ${dataDir} 再来一次`)
  return settings
}

/** Written beside and renamed, so that a kill at any moment leaves a whole file. */
export async function writeSettings(dataDir: string, settings: DemoSettings): Promise<DemoSettings> {
  const beside = `${pathIn(dataDir)}.new`
  await writeFile(beside, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  await chmod(beside, 0o600) // the mode above only counts for a new file
  await rename(beside, pathIn(dataDir))
  return settings
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'demo.json')
}

function newSettings(now: Date): DemoSettings {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex')
  const callback = () => ({ token: hex(12), aesKey: aesKey() })
  return {
    day: shanghaiDay(now),
    seeded: false,
    corpId: `ww${hex(8)}`,
    agentId: '1000002',
    agentSecret: hex(20),
    callback: callback(),
    contactsCallback: callback(),
    sessionSecret: hex(32),
    dataKey: randomBytes(32).toString('base64'),
    openApiKey: hex(24),
    smsToken: hex(16),
  }
}

/** 43 letters and digits: base64 of 32 bytes, tried until it has no other sign. */
function aesKey(): string {
  for (;;) {
    const key = randomBytes(32).toString('base64').slice(0, 43)
    if (/^[0-9A-Za-z]{43}$/.test(key)) return key
  }
}
