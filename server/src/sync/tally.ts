/** What could not be read, and why. `subject` is an id, never a name. */
export interface Problem {
  subject: string
  reason: string
}

/** What a unit, a part or a whole run has done; tallies add up. */
export interface Tally {
  /** By endpoint, those that failed included. */
  calls: Record<string, number>
  rows: number
  added: number
  changed: number
  ended: number
  /** How far the mirror was from what WeCom told, by kind. */
  drift: Record<string, number>
  /** The first of them; `problemCount` knows how many there were. */
  problems: Problem[]
  problemCount: number
}

const PROBLEMS_KEPT = 50

export function addTallies(...tallies: readonly Partial<Tally>[]): Tally {
  const sum = (of: (tally: Partial<Tally>) => number | undefined) =>
    tallies.reduce((total, tally) => total + (of(tally) ?? 0), 0)
  return {
    calls: addCounts(tallies.map(({ calls }) => calls)),
    rows: sum(({ rows }) => rows),
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    ended: sum(({ ended }) => ended),
    drift: addCounts(tallies.map(({ drift }) => drift)),
    problems: tallies.flatMap(({ problems = [] }) => problems).slice(0, PROBLEMS_KEPT),
    problemCount: sum(({ problems = [], problemCount }) => problemCount ?? problems.length),
  }
}

function addCounts(all: readonly (Record<string, number> | undefined)[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [name, count] of all.flatMap((counts) => Object.entries(counts ?? {})))
    total[name] = (total[name] ?? 0) + count
  return total
}
