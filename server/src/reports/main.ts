import { pino } from 'pino'
import { ConfigError, readConfig } from '../config.ts'
import { connect } from '../db/connection.ts'
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { makeDeps } from '../make-deps.ts'
import { verifyReports, writeVerification } from './verify-reports.ts'

const USAGE = 'npm run verify -- reports   recomputes what reports count from the rows; exit 1 if anything differs'
const UNUSABLE = 2

/** `npm run verify`: on the server's own database, whether or not a server runs. Gives the exit code. */
async function main(): Promise<number> {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel === 'info' ? 'error' : config.logLevel }, pino.destination(2))
  const embedded =
    config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : undefined
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrate(databaseUrl)
    const connection = connect(databaseUrl, {
      size: 2,
      onError: (error) => log.warn({ err: error }, 'a database connection broke'),
    })
    const deps = makeDeps(config, connection, log)
    try {
      const verification = await verifyReports(deps)
      console.log(writeVerification(verification))
      return verification.differences === 0 ? 0 : 1
    } finally {
      await deps.wecom.close()
      await connection.close()
    }
  } finally {
    await embedded?.stop()
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return `${error.message}\nSee .env.example for every setting.`
  return `The verification broke off: ${error instanceof Error ? error.message : String(error)}`
}

const [subject, ...rest] = process.argv.slice(2)
if (subject !== 'reports' || rest.length > 0) {
  console.error(USAGE)
  process.exitCode = UNUSABLE
} else {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(explain(error))
    return error instanceof ConfigError ? UNUSABLE : 1
  })
}
