import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'
import { startRunDatabase } from '../support/run-database.ts'

export interface BenchProcess {
  url: string
  /** SIGTERM, and its end. */
  stop(): Promise<void>
}

/** One Postgres for one run, so that floor and product meet the same disk. */
export async function startBenchPostgres() {
  const postgres = await startRunDatabase()
  return {
    async newDatabase(): Promise<string> {
      const name = `bench_${randomBytes(6).toString('hex')}`
      const client = new pg.Client(postgres.url)
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      return url.href
    },
    stop: postgres.stop,
  }
}

/** The product as it is deployed: the built server, in a process of its own. */
export async function startBuiltServer(databaseUrl: string, env: NodeJS.ProcessEnv = {}): Promise<BenchProcess> {
  const child = start([join(repository, 'server/dist/main.js')], {
    ...testEnv,
    PORT: '0',
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    ...env,
  })
  const url = await firstMatch(child, (line) => /"address":"([^"]+)"/.exec(line)?.[1])
  return { url, stop: () => stop(child) }
}

/** Another script of the bench; its first line is its URL. */
export async function startScript(name: string, args: string[]): Promise<BenchProcess> {
  const child = start([join(import.meta.dirname, name), ...args], {})
  const url = await firstMatch(child, (line) => line)
  return { url, stop: () => stop(child) }
}

function start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: repository,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function firstMatch(child: ChildProcess, match: (line: string) => string | undefined): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output to read')
  const lines = createInterface(child.stdout)
  for await (const line of lines) {
    const found = match(line)
    if (found !== undefined) {
      child.stdout.resume()
      return found
    }
  }
  throw new Error('the process ended before it was ready')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
