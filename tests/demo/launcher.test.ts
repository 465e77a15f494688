import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from '../support/repository.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

let folder: TemporaryFolder
const left: ReturnType<typeof spawn>[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  for (const child of left) child.kill('SIGTERM')
  await folder[Symbol.asyncDispose]()
})

/** `npm run demo` behind npm, on the data folder of this file. */
function launch() {
  const main = join(repository, 'tests/demo/main.ts')
  const child = spawn(process.execPath, ['--conditions=development', '--import', 'tsx', main], {
    cwd: repository,
    env: { ...process.env, DATA_DIR: join(folder.path, 'demo') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  left.push(child)
  const lines: string[] = []
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const output = createInterface(child.stdout)
  const ready = new Promise<string>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line)
      if (line.startsWith('demo ready: ')) resolve(line.slice('demo ready: '.length))
    })
    output.on('close', () => reject(new Error(`The demo ended: ${errors}`)))
  })
  ready.catch(() => {}) // only some tests wait for it
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, lines, ready, ended, errors: () => errors }
}

async function running(): Promise<{ launcher: number; server: number; serverUrl: string; openApiKey: string }> {
  const { launcher, server } = JSON.parse(await readFile(join(folder.path, 'demo/running.json'), 'utf8'))
  const { ports, openApiKey } = JSON.parse(await readFile(join(folder.path, 'demo/demo.json'), 'utf8'))
  return {
    launcher: launcher.pid,
    server: server.pid,
    serverUrl: `http://127.0.0.1:${ports.server}`,
    openApiKey,
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function salesOf(externalUserId: string): Promise<unknown> {
  const { serverUrl, openApiKey } = await running()
  const headers = { authorization: `Bearer ${openApiKey}` }
  const answer = await fetch(`${serverUrl}/open/v1/customers/${externalUserId}`, { headers })
  const { name, totals, relations, tags, member } = await answer.json()
  return { name, totals, guides: relations.length, tags: tags.length, tier: member?.tier }
}

const ANNA = 'wm3iAffuBMEzMcmzCv9jzyWFI0TyuWlD'

describe.sequential('the demo as a newcomer starts it', () => {
  let sales: unknown

  test('seeds everything and says where to look, once', { timeout: 300_000 }, async () => {
    const demo = launch()
    const url = await demo.ready
    expect((await fetch(url)).status).toBe(200)
    expect(demo.lines.at(-1)).toBe(`demo ready: ${url}`)
    expect(demo.lines.slice(0, -1).every((line) => line.startsWith('· '))).toBe(true)
    sales = await salesOf(ANNA)
    expect(sales).toMatchObject({
      name: '安娜王',
      guides: 1,
      tags: 7,
      tier: '金卡',
      totals: { orders: 13, amount: 1_532_200 },
    })

    const second = launch()
    expect(await second.ended).toBe(1)
    expect(second.errors()).toContain('演示已经在运行')

    const { server } = await running()
    demo.child.kill('SIGKILL')
    await demo.ended
    expect(isAlive(server)).toBe(true)
  })

  test('after kill -9 ends the server left behind and goes on with the same data', { timeout: 240_000 }, async () => {
    const before = await running()
    const demo = launch()
    await demo.ready
    await expect.poll(() => isAlive(before.server)).toBe(false)
    expect(demo.lines.join()).not.toContain('写入')
    expect(await salesOf(ANNA)).toEqual(sales)

    // Postgres removes it as it ends; its process may stay a zombie until somebody asks after it.
    const postgres = join(folder.path, 'demo/postgres/postmaster.pid')
    expect(existsSync(postgres)).toBe(true)
    process.kill((await running()).server, 'SIGKILL')
    expect(await demo.ended).toBe(1)
    expect(demo.errors()).toContain('服务端意外结束(SIGKILL)')
    expect(existsSync(postgres)).toBe(false)
  })

  test.for(['SIGINT', 'SIGTERM'] as const)('%s ends all of it in order', { timeout: 240_000 }, async (signal) => {
    const demo = launch()
    const url = await demo.ready
    const { server } = await running()
    demo.child.kill(signal)
    demo.child.kill(signal) // npm passes a Ctrl-C on, so it comes twice
    expect(await demo.ended).toBe(0)
    expect(isAlive(server)).toBe(false)
    await expect(fetch(url)).rejects.toThrow()
    const log = await readFile(join(folder.path, 'demo/server.log'), 'utf8')
    expect(JSON.parse(log.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ msg: 'stopped' })
  })

  test('told to stop while starting, it leaves nothing running', { timeout: 240_000 }, async () => {
    const demo = launch()
    while (!demo.lines.includes('· 启动服务端')) await pause(20)
    const { server } = await waitForServer()
    demo.child.kill('SIGINT')
    expect(await demo.ended).toBe(0)
    expect(isAlive(server)).toBe(false)
    expect(demo.lines.join()).not.toContain('demo ready')
  })
})

async function waitForServer() {
  for (;;) {
    const found = await running().catch(() => undefined)
    if (found) return found
    await pause(20)
  }
}
