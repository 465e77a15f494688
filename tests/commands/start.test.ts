import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { repository } from '../support/repository.ts'

const SETTINGS = {
  HOST: '127.0.0.1',
  PORT: '0',
  PUBLIC_URL: 'https://guide.example.com',
  ROLE: 'web',
  SESSION_SECRET: 's'.repeat(32),
  DATA_KEY: Buffer.alloc(32).toString('base64'),
  WECOM_CORP_ID: 'ww0000000000000000',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 'secret',
  WECOM_CALLBACK_TOKEN: 'token',
  WECOM_CALLBACK_AES_KEY: 'k'.repeat(43),
}

test('npm start serves until npm is told to stop, and then ends well', async () => {
  await using database = await createTestDatabase()
  const npm = npmStart({ ...SETTINGS, DATABASE_URL: database.url })
  const address = await listeningAt(npm.stdout)
  expect((await fetch(`${address}/readyz`)).status).toBe(200)

  npm.kill('SIGTERM')
  expect(await once(npm, 'close')).toEqual([0, null])
  await expect(fetch(`${address}/readyz`)).rejects.toThrow()
})

test('npm start refuses bad settings, names every one and ends with 1', async () => {
  const npm = npmStart({ ...SETTINGS, PORT: 'eighty', SESSION_SECRET: 'short', WECOM_CORP_ID: '' })
  let words = ''
  npm.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    words += chunk
  })
  expect(await once(npm, 'close')).toEqual([1, null])
  for (const name of ['PORT', 'SESSION_SECRET', 'WECOM_CORP_ID']) expect(words).toMatch(new RegExp(`- ${name} `))
})

function npmStart(settings: NodeJS.ProcessEnv) {
  const env = { ...process.env, NODE_ENV: 'production', ...settings }
  return spawn('npm', ['start', '--silent'], { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The server's log is JSON lines, and `ready` is the one with the address. */
async function listeningAt(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const { address }: { address?: string } = JSON.parse(line)
    if (!address) continue
    output.resume()
    return address
  }
  throw new Error('The server ended before it was ready')
}
