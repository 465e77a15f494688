import { SalesKey } from '@zhanggui/shared/report.ts'
import Type, { type Static } from 'typebox'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { type Period, readPeriod } from '../open-api/period.ts'
import { firstMoment, type Span } from './period.repository.ts'
import type { Counting, Scope } from './sales.repository.ts'

const OURS = 'Asia/Shanghai'

export const SalesQuery = Type.Object({
  from: Type.String({ description: 'RFC 3339 with offset, or YYYY-MM-DD in `tz`; inclusive' }),
  to: Type.String({ description: 'RFC 3339 with offset, or YYYY-MM-DD in `tz`; exclusive' }),
  by: SalesKey,
  tz: Type.Optional(Type.String({ maxLength: 64, description: `Whose days are meant; default ${OURS}` })),
})
export type SalesQuery = Static<typeof SalesQuery>

/** Throws validation_failed for a period or time zone that is none. */
export async function readSalesQuery(db: Db, { from, to, by, tz = OURS }: SalesQuery, scope: Scope): Promise<Counting> {
  const zone = readTimeZone(tz)
  return { ...(await readLocalPeriod(db, { from, to }, zone)), by, tz: zone, scope }
}

async function readLocalPeriod(db: Db, period: Period, tz: string): Promise<Span> {
  const ours = readPeriod(period)
  if (tz === OURS) return ours
  const local = (text: string, moment: string) =>
    /^\d{4}-\d\d-\d\d$/.test(text) ? firstMoment(db, text, tz) : Promise.resolve(moment)
  return { from: await local(period.from, ours.from), to: await local(period.to, ours.to) }
}

/**
 * A region's name. Offsets and abbreviations are refused: Postgres takes +08:00 for what lies west of Greenwich, and
 * CST is Shanghai's as well as Chicago's.
 */
function readTimeZone(tz: string): string {
  const isName = tz === 'UTC' || /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(tz)
  const known = isName ? canonicalName(tz) : undefined
  if (known === undefined)
    throw new AppError('validation_failed', {
      detail: 'tz must be a time zone by its region, such as Asia/Shanghai or Asia/Kolkata, or UTC',
      errors: [{ path: '/tz', message: 'must be the name of a time zone' }],
    })
  return known
}

function canonicalName(tz: string): string | undefined {
  try {
    // Throws a RangeError for a name nobody knows.
    new Intl.DateTimeFormat('en', { timeZone: tz })
    return tz.toLowerCase() === OURS.toLowerCase() ? OURS : tz
  } catch {
    return undefined
  }
}
