import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import type { Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { endAlerts, endOverdueAlerts, listOpenAlerts } from './alerts.repository.ts'
import { raiseAlert } from './raise-alert.ts'
import { channelsBackAgain, everythingReadSince } from './recoveries.repository.ts'

/** So many jobs given up within the window are no accident of single customers. */
const MANY_FAILURES = 10
const WINDOW_MS = 3_600_000
/** A refusal that nobody has met for so long is asked about; one our questions cannot meet is then let go. */
const QUIET_MS = 300_000
const FORGOTTEN_MS = 86_400_000

/** Alerts without an event that ends them: looks every few minutes whether their cause is still there. */
export const watchCauses: Task = {
  name: 'watch_causes',
  lane: 'general',
  async run(_payload, deps) {
    const now = deps.clock.now()
    await endOverdueAlerts(deps.db, now)
    await watchFailedJobs(deps, now)
    await lookForRecoveries(deps.db, now)
    await askAboutRefusals(deps, now)
  },
}

async function watchFailedJobs(deps: Deps, now: Date): Promise<void> {
  const count = await countGivenUp(deps.db, new Date(now.getTime() - WINDOW_MS))
  if (count >= MANY_FAILURES)
    await raiseAlert(deps, { kind: 'jobs_failing', detail: `最近一小时有 ${count} 个任务没做成,还没人处理。`, at: now })
  else await endAlerts(deps.db, { kinds: ['jobs_failing'], at: now, now })
}

async function lookForRecoveries(db: Db, now: Date): Promise<void> {
  const readAt = await everythingReadSince(db)
  if (readAt) await endAlerts(db, { kinds: ['sync_failed'], at: readAt, now })
  for (const subject of await channelsBackAgain(db))
    await endAlerts(db, { kinds: ['acquisition_link_unavailable'], subject, at: now, now })
}

/** Dropped ones are about a single person or tag out of reach, and no news. */
async function countGivenUp(db: Db, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('failedJob')
    .select(sql<number>`count(*)`.as('count'))
    .where('replayedAt', 'is', null)
    .where('outcome', '!=', 'dropped')
    .where('failedAt', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

/** Two questions that meet most of what an admin can set up wrongly: the app itself, and customer contact. */
async function askAboutRefusals({ db, wecom, config }: Deps, now: Date): Promise<void> {
  const quiet = new Date(now.getTime() - QUIET_MS)
  const open = (await listOpenAlerts(db, 'wecom_refused')).filter(({ lastRaisedAt }) => lastRaisedAt <= quiet)
  if (open.length === 0) return
  const answers = await Promise.all([
    errcodeOf(wecom.call('agent/get', { agentid: config.wecom.agentId })),
    errcodeOf(wecom.call('externalcontact/get_follow_user_list', {})),
  ])
  if (answers.includes('no answer')) return
  for (const { subject, lastRaisedAt } of open) {
    const met = answers.includes(Number(subject))
    const forgotten = now.getTime() - lastRaisedAt.getTime() > FORGOTTEN_MS
    // A refusal of another kind may hide this one, so only two clean answers clear it.
    const clean = answers.every((answer) => answer === 0) && ASKED.includes(Number(subject))
    if (!met && (clean || forgotten)) await endAlerts(db, { kinds: ['wecom_refused'], subject, at: quiet, now })
  }
}

/** What those two questions would meet. */
const ASKED = [40001, 40013, 40056, 40091, 48001, 48002, 48006, 48010, 50003, 60020, 60031, 301002, 301007]

async function errcodeOf(call: Promise<unknown>): Promise<number | 'no answer'> {
  try {
    await call
    return 0
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    return error.errcode ?? 'no answer'
  }
}
