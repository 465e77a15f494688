import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { listMembersOf, type MemberOf } from '../membership/members-of.repository.ts'
import { listOverdue, lockStandings, takeDueCustomers } from './due.repository.ts'
import { dueBenefits, reviewAt } from './due-benefits.ts'
import { earnedTier } from './earned.ts'
import { type GrantRow, insertGrants } from './grants.repository.ts'
import { judgeTier, type Standing } from './judge-tier.ts'
import { readSettings, type Settings } from './settings.repository.ts'
import { listSpending, type Spending } from './spent.repository.ts'
import {
  deleteStandings,
  insertMoves,
  listStandings,
  type MoveRow,
  type StandingRow,
  upsertStandings,
} from './standings.repository.ts'

/** Judged in one transaction, at a few statements for all of them. */
const BATCH = 500

/** Judges those who were noted, then those whose time has come; false: nobody was left. */
export async function judgeNext({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockStandings(tx)
    const now = clock.now()
    const noted = await takeDueCustomers(tx, BATCH)
    const customers = noted ?? (await listOverdue(tx, now, BATCH))
    if (customers.length > 0) await judgeMembers(tx, customers, now)
    return noted !== undefined || customers.length > 0
  })
}

/** Brings tiers and what is due to their members up to what is known now. Done again it adds nothing. */
async function judgeMembers(tx: Db, customers: readonly string[], now: Date): Promise<void> {
  const settings = await readSettings(tx)
  const members = await listMembersOf(tx, customers)
  const standings = await listStandings(tx, customers)
  const spending = await listSpending(
    tx,
    members.map(({ customer }) => customer),
    settings.tiers,
    now,
  )
  const judged = members.map((member) =>
    judgeMember(member, standings.get(member.customer), spending.get(member.customer) ?? nothing, settings, now),
  )
  const left = leaving(standings, new Set(members.map(({ customer }) => customer)), now)
  await upsertStandings(
    tx,
    judged.map(({ row }) => row),
  )
  await deleteStandings(
    tx,
    left.map(({ externalUserId }) => externalUserId),
  )
  await insertMoves(tx, [...judged.flatMap(({ move }) => move ?? []), ...left.filter(({ from }) => from !== null)])
  await insertGrants(
    tx,
    judged.flatMap(({ grants }) => grants),
  )
}

const nothing: Spending = { spent: [], paid: { thisMonth: false, lastMonth: false } }

function judgeMember(
  { customer: externalUserId, memberNo, tier: told }: MemberOf,
  before: Standing | undefined,
  { spent, paid }: Spending,
  { tiers, benefits }: Settings,
  now: Date,
): { row: StandingRow; move: MoveRow | undefined; grants: GrantRow[] } {
  const { standing, move } = judgeTier({ tiers, standing: before, told, earned: earnedTier(tiers, spent), now })
  const due = dueBenefits({ tiers, benefits, standing, paid, now })
  return {
    row: { externalUserId, ...standing, reviewAt: reviewAt({ tiers, benefits, standing, now }) },
    move: move && { externalUserId, ...move, at: now },
    grants: due.map((one) => ({ externalUserId, memberNo, grantedAt: now, ...one })),
  }
}

/** Who had a card and has none any more. */
function leaving(standings: ReadonlyMap<string, Standing>, members: ReadonlySet<string>, at: Date): MoveRow[] {
  return [...standings]
    .filter(([externalUserId]) => !members.has(externalUserId))
    .map(([externalUserId, { tier }]) => ({ externalUserId, from: tier, to: null, cause: 'left', at }))
}
