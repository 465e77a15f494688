import { join } from 'node:path'
import { repository } from '../support/repository.ts'
import { type Demo, startDemo } from './demo.ts'

/** npm passes a terminal's Ctrl-C on a second time at once; only a later one is impatience. */
const SAME_KEYPRESS_MS = 500

const dataDir = process.env.DATA_DIR || join(repository, '.data/demo')
const starting = new AbortController()
let demo: Demo | undefined
let stoppedAt: number | undefined

function onSignal(): void {
  if (stoppedAt === undefined) {
    stoppedAt = Date.now()
    console.log('\n正在停止,数据都留着 …')
    starting.abort()
    if (demo) void finish(demo, 0)
  } else if (Date.now() - stoppedAt > SAME_KEYPRESS_MS) {
    demo?.kill()
    process.exit(1)
  }
}

async function finish(running: Demo, code: number): Promise<void> {
  await running.stop()
  process.exit(code)
}

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const running = await startDemo({ dataDir, say: (line) => console.log(`· ${line}`), signal: starting.signal })
  demo = running
  void running.serverEnded.then((code) => {
    if (stoppedAt !== undefined) return
    stoppedAt = Date.now()
    console.error(`服务端意外结束(${code}):\n${running.lastWords()}`)
    void finish(running, 1)
  })
  if (stoppedAt !== undefined) return finish(running, 0)
  console.log(`demo ready: ${running.url}`)
}

main().catch((error: unknown) => {
  if (starting.signal.aborted) process.exit(0)
  console.error('演示没有启动:', error instanceof Error ? error.message : error)
  process.exit(1)
})
