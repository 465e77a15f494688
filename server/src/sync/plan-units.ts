/** A unit of work before it has begun. */
export interface UnitPlan {
  subjects: string[]
  expectedRows: number
}

/** doc 92994 */
const GUIDES_PER_CALL = 100
export const ROWS_PER_PAGE = 100
/** Every unit ends with a page that is not full: half a call lost on average, so units are many pages long. */
const FEWEST_ROWS = 2_000
const MOST_ROWS = 6_000
/** So many units keep the calls that go out at once busy to the end. */
const UNITS_WANTED = 64
/** Of a guide nobody knows anything about (a corp of 2 000 guides has 600 000 customers). */
const USUAL_ROWS = 300

/**
 * Guides into units of about the same size, the largest first; one with very many customers stands alone. `known` is
 * how many each had last time.
 */
export function planUnits(guides: readonly string[], known: ReadonlyMap<string, number>): UnitPlan[] {
  // The first time nothing is known of anybody: units are large, whatever it is that they hold.
  const isFirst = known.size === 0
  const usual = isFirst ? USUAL_ROWS : 0
  const expected = guides
    .map((guide) => ({ guide, rows: known.get(guide) ?? usual }))
    .sort((a, b) => b.rows - a.rows || (a.guide < b.guide ? -1 : 1))
  const total = expected.reduce((sum, { rows }) => sum + rows, 0)
  const wanted = isFirst ? MOST_ROWS : Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, total / UNITS_WANTED))

  const units: UnitPlan[] = []
  let open: UnitPlan | undefined
  for (const { guide, rows } of expected) {
    if (!open || open.subjects.length >= GUIDES_PER_CALL || open.expectedRows + rows > wanted) {
      open = { subjects: [], expectedRows: 0 }
      units.push(open)
    }
    open.subjects.push(guide)
    open.expectedRows += rows
  }
  return units
}
