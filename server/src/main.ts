import { pino } from 'pino'
import { buildApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { connect } from './db/connection.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { startWorker } from './jobs/worker.ts'
import { makeDeps } from './make-deps.ts'

/** Config → database → ports → worker and HTTP; then waits to be told to stop, and stops in the reverse order. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel })
  const stopSignal = nextStopSignal()

  const embedded =
    config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: config.dataDir, log }) : undefined
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrate(databaseUrl)
    const connection = connect(databaseUrl, {
      onError: (error) => log.warn({ err: error }, 'a database connection broke'),
    })
    const deps = makeDeps(config, connection, log)
    const worker = config.role === 'web' ? undefined : startWorker(deps, databaseUrl)
    const app = await buildApp(deps)
    // A worker listens too: its health and metrics are asked for like any other's.
    const address = await app.listen({ host: config.host, port: config.port })
    log.info({ address, role: config.role }, 'ready')

    const signal = await stopSignal
    log.info({ signal }, 'stopping')
    await app.close()
    await worker?.stop()
    await deps.wecom.close()
    await connection.close()
    log.info('stopped')
  } finally {
    await embedded?.stop()
  }
}

function nextStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        resolve(signal)
      })
  })
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError)
    console.error(`掌柜 cannot start. ${error.message}\nSee .env.example for every setting.`)
  else console.error('掌柜 cannot start.', error)
  process.exitCode = 1
})
