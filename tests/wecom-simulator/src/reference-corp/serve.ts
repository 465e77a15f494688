// A reference corp in a process of its own: node dist/reference-corp/serve.js --guides 2000 --seed 7 --port 0
import { parseArgs } from 'node:util'
import { type CorpOptions, REFERENCE } from './corp-options.ts'
import { startReferenceCorp } from './start.ts'

const flags = new Map(Object.keys(REFERENCE).map((name) => [flagOf(name), name]))
const { values } = parseArgs({
  options: {
    host: { type: 'string' },
    port: { type: 'string' },
    latency: { type: 'string' },
    ...Object.fromEntries([...flags.keys()].map((flag) => [flag, { type: 'string' } as const])),
  },
})

const latency = numberOf('latency') ?? 0
const running = await startReferenceCorp({
  corp: corpOptions(),
  host: typeof values.host === 'string' ? values.host : undefined,
  port: numberOf('port'),
  behaviour: { latencyMs: [latency, latency] },
})
const { url, corpId, secret } = running
console.log(JSON.stringify({ url, corpId, secret }))

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop())
// Whoever forked it and is gone will not say goodbye.
process.once('disconnect', () => void running.stop())
process.channel?.unref()

function corpOptions(): Partial<CorpOptions> {
  return Object.fromEntries(
    [...flags].flatMap(([flag, name]) => {
      const value = numberOf(flag)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function numberOf(flag: string): number | undefined {
  const text = Object.entries(values).find(([name]) => name === flag)?.[1]
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isNaN(value)) throw new Error(`--${flag} must be a number, is ${text}`)
  return value
}

/** 'customersPerGuide' is --customers-per-guide. */
function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
