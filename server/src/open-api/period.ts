import { Time } from '@zhanggui/shared/text.ts'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { AppError } from '../errors.ts'

/** `from` is inclusive, `to` exclusive: an instant (RFC 3339), or a day of Asia/Shanghai, meaning its first moment. */
export const Period = Type.Object({
  from: Type.String({ description: 'RFC 3339 with offset, or YYYY-MM-DD in Asia/Shanghai; inclusive' }),
  to: Type.String({ description: 'RFC 3339 with offset, or YYYY-MM-DD in Asia/Shanghai; exclusive' }),
})
export type Period = Static<typeof Period>

const instant = Compile(Time)
const day = /^\d{4}-\d\d-\d\d$/

/** Both ends as instants that Postgres reads. */
export function readPeriod({ from, to }: Period): Period {
  const period = { from: readMoment('from', from), to: readMoment('to', to) }
  if (Date.parse(period.to) < Date.parse(period.from))
    throw new AppError('validation_failed', { detail: 'to must not be earlier than from' })
  return period
}

function readMoment(name: 'from' | 'to', text: string): string {
  // A plus sign that was not escaped in the URL arrives as a space.
  const moment = day.test(text) ? `${text}T00:00:00+08:00` : text.replace(/ (?=\d\d:\d\d$)/, '+')
  if (!instant.Check(moment))
    throw new AppError('validation_failed', {
      detail: `${name} must be a time with offset such as 2026-09-01T00:00:00+08:00, or a day such as 2026-09-01`,
      errors: [{ path: `/${name}`, message: 'must be an RFC 3339 time or a day' }],
    })
  return moment
}
