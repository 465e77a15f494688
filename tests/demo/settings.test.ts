import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readConfig } from '@zhanggui/server/config.ts'
import { startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { choosePorts } from './ports.ts'
import { serverEnv } from './server-env.ts'
import { readSettings, writeSettings } from './settings.ts'

const NOW = new Date('2026-03-02T18:30:00Z')

test('secrets are made once, kept from other users, and the day is Shanghai’s', async () => {
  await using folder = await temporaryFolder()
  const settings = await readSettings(folder.path, NOW)
  expect(settings).toMatchObject({ day: '2026-03-03', seeded: false })
  expect((await stat(join(folder.path, 'demo.json'))).mode & 0o777).toBe(0o600)
  await writeSettings(folder.path, { ...settings, seeded: true })
  expect(await readSettings(folder.path, new Date(0))).toEqual({ ...settings, seeded: true })
  await using other = await temporaryFolder()
  expect((await readSettings(other.path, NOW)).dataKey).not.toBe(settings.dataKey)
})

test('settings that cannot be read are never overwritten', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'demo.json')
  await writeFile(path, '{"day":"2026-03-03"}')
  await expect(readSettings(folder.path, NOW)).rejects.toThrow('不是这个版本的演示设置')
  expect(await readFile(path, 'utf8')).toBe('{"day":"2026-03-03"}')
})

test('a port that is taken is left to its owner', async () => {
  const owner = createServer()
  await new Promise<void>((resolve) => owner.listen(0, '127.0.0.1', resolve))
  const address = owner.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  try {
    const ports = await choosePorts('127.0.0.1', { server: taken, simulator: taken, webview: 0, mall: 0 })
    const chosen = Object.values(ports)
    expect(new Set(chosen).size).toBe(4)
    expect(chosen).not.toContain(taken)
    expect(chosen).not.toContain(0)
  } finally {
    owner.close()
  }
})

test('the server takes the settings, whatever the shell of the developer holds', async () => {
  await using folder = await temporaryFolder()
  const settings = await readSettings(folder.path, NOW)
  const simulator = await startSimulator({ corpId: settings.corpId, agentId: '1', agentSecret: 'x' })
  const places = {
    dataDir: folder.path,
    host: '127.0.0.1',
    ports: { server: 1, simulator: 2, webview: 3, mall: 4 },
    publicUrl: 'http://127.0.0.1:3',
    simulator,
  }
  process.env.INVITE_URL = 'https://elsewhere.example.com/{token}'
  try {
    const config = readConfig(serverEnv(settings, places))
    expect(config.inviteUrl).toBeUndefined()
    expect(config.databaseUrl).toBeUndefined()
    expect(config.wecom.apiUrl).toBe(simulator.url)
  } finally {
    delete process.env.INVITE_URL
    await simulator.stop()
  }
})
