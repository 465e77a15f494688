import { ConfigError } from '../config.ts'
import { clients, withOwnDeps } from '../own-deps.ts'
import { verifyReports, writeVerification } from './verify-reports.ts'

const USAGE = 'npm run verify -- reports   recomputes what reports count from the rows; exit 1 if anything differs'
const UNUSABLE = 2

/** `npm run verify`: on the server's own database, whether or not a server runs. Gives the exit code. */
async function main(): Promise<number> {
  return withOwnDeps(clients(2), async (deps) => {
    const verification = await verifyReports(deps)
    console.log(writeVerification(verification))
    return verification.differences === 0 ? 0 : 1
  })
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
