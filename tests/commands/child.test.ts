import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { repository } from '../support/repository.ts'

const child = pathToFileURL(join(repository, '.commands/child.mjs')).href

test.for(['SIGINT', 'SIGTERM'] as const)(
  'a command told to stop by %s takes everything it started along',
  async (signal) => {
    const command = startCommand(`await run('sh', ['-c', 'sleep 600 & echo started; wait'])`)
    await once(createInterface(command.stdout), 'line')
    command.kill(signal)
    // `close` comes when the last one that has the output open is gone, and that is the sleeper.
    const [code] = await once(command, 'close')
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
  },
)

test('a command that fails tells how', async () => {
  const command = startCommand(
    `console.log(JSON.stringify(await run('sh', ['-c', 'echo why >&2; exit 3'], { output: 'collect' })))`,
  )
  const [line] = await once(createInterface(command.stdout), 'line')
  expect(JSON.parse(String(line))).toEqual({ code: 3, text: 'why\n' })
})

function startCommand(body: string) {
  const script = `import { run } from ${JSON.stringify(child)}\n${body}`
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}
