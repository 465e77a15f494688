import type { WecomError } from '../wecom/errors.ts'
import type { Unit, UnitWork } from './part.ts'
import type { UnitPlan } from './plan-units.ts'
import type { Tally } from './tally.ts'

/** One guide out of reach spoils the answer for all: the unit is halved until that guide stands alone; then nothing. */
export function halves({ unit: { subjects }, expectedRows }: UnitWork): UnitPlan[] {
  if (subjects.length < 2) return []
  const middle = Math.ceil(subjects.length / 2)
  return [subjects.slice(0, middle), subjects.slice(middle)].map((half) => ({
    subjects: [...half],
    expectedRows: Math.ceil(expectedRows / 2),
  }))
}

export function isolated({ subjects }: Unit, error: WecomError): Partial<Tally> {
  return { problems: subjects.map((subject) => ({ subject, reason: error.message })) }
}
