import type { Task } from '../jobs/job.ts'
import { issueGrants } from './issue-grants.ts'
import { judgeNext } from './judge-members.ts'

/**
 * The database asks for it whenever something that tiers depend on was written, and every hour brings what time alone
 * changes: periods that end, a new month's coupons, member days.
 */
export const workTiers: Task = {
  name: 'work_tiers',
  lane: 'general',
  async run(_payload, deps, { stopping }) {
    while (!stopping?.aborted && (await judgeNext(deps)));
    await issueGrants(deps, stopping)
  },
}
