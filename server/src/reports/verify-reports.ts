import { sql } from 'kysely'
import { creditDueOrders } from '../commission/credit-orders.ts'
import type { Deps } from '../deps.ts'
import { type Comparison, compareCells, compareFacts, compareLines, compareRepeats } from './differences.repository.ts'
import type { Dimension } from './dimensions.ts'
import { countDue } from './due.repository.ts'
import { tallyDueSales } from './tally-sales.ts'

export interface Verification {
  parts: (Comparison & { part: string })[]
  differences: number
}

const DIMENSIONS: readonly Dimension[] = ['day', 'channel', 'store', 'guide', 'product', 'brand']
/** While sales come in, something is always due: a difference counts when nothing is. */
const TRIES = 10

/** Recomputes everything reports count from the rows, and compares it with what was counted step by step. */
export async function verifyReports(deps: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<Verification> {
  for (let tries = 1; ; tries += 1) {
    while (await creditDueOrders(deps));
    while (await tallyDueSales(deps));
    const { due, ...verification } = await compareAll(deps)
    if (verification.differences === 0 || due === 0 || tries === TRIES) return verification
  }
}

function compareAll({ db }: Pick<Deps, 'db'>): Promise<Verification & { due: number }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`set local statement_timeout = 0`.execute(tx)
      const parts = [
        { part: 'orders and refunds', ...(await compareFacts(tx)) },
        { part: 'their lines', ...(await compareLines(tx)) },
        { part: 'repeat purchases', ...(await compareRepeats(tx)) },
      ]
      for (const dimension of DIMENSIONS)
        parts.push({ part: `sums by ${dimension}`, ...(await compareCells(tx, dimension)) })
      const differences = parts.reduce((sum, part) => sum + part.differences, 0)
      return { parts, differences, due: await countDue(tx, 1) }
    })
}

export function writeVerification({ parts, differences }: Verification): string {
  const lines = parts.flatMap(({ part, rows, differences, examples }) => [
    `${differences === 0 ? '✓' : '✗'} ${part}: ${rows} rows, ${differences === 0 ? 'no' : differences} difference${differences === 1 ? '' : 's'}`,
    ...examples.map(({ side, row }) => `    ${side === 'counted' ? 'counted ' : 'the rows'} ${JSON.stringify(row)}`),
  ])
  return [...lines, differences === 0 ? 'Reports agree with the rows.' : 'Reports do not agree with the rows.'].join(
    '\n',
  )
}
