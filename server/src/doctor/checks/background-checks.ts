import { countLivingWorkers } from '../../jobs/presence.ts'
import { PART_NAMES, type PartName } from '../../sync/part-names.ts'
import { formatMinute } from '../../wording/days.ts'
import { type Check, fail, ok, warn } from '../check.ts'
import { lastReads, openFailures, waitingJobs } from '../facts.repository.ts'

const GROUP = '后台任务'
const LAG_WARN_S = 30
const LAG_FAIL_S = 300
/** The nightly run and half a day. */
const SYNC_STALE_MS = 36 * 3_600_000

export const worker: Check = {
  id: 'worker',
  group: GROUP,
  title: '任务进程',
  needs: ['migrations'],
  async run({ database }) {
    const count = await countLivingWorkers(await database.pool())
    return count > 0
      ? ok(`${count} 个在运行`)
      : fail('没有在运行的', 'npm start;ROLE=web 的服务不做任务,至少要有一个 ROLE=worker 或不设')
  },
}

export const jobLag: Check = {
  id: 'job-lag',
  group: GROUP,
  title: '任务积压',
  needs: ['migrations'],
  async run({ database }) {
    const { count, oldestSeconds } = await waitingJobs(await database.pool())
    const words = `${count} 个在等,最久 ${Math.round(oldestSeconds)} 秒`
    if (oldestSeconds >= LAG_FAIL_S) return fail(words, '任务进程停了或跟不上:看它的日志,或再加一个 ROLE=worker')
    return oldestSeconds >= LAG_WARN_S ? warn(words, '过一会儿再查;一直这样,再加一个 ROLE=worker') : ok('没有积压')
  },
}

export const failedJobs: Check = {
  id: 'failed-jobs',
  group: GROUP,
  title: '没做成的任务',
  needs: ['migrations'],
  async run({ database }) {
    const { count, lastDay, commonest } = await openFailures(await database.pool())
    if (count === 0) return ok('没有')
    return warn(`${count} 个(一天内 ${lastDay} 个):${commonest.join('、')}`, '修好原因后,在 /console/failed-jobs 再试')
  },
}

const partWords: Record<PartName, string> = { guides: '导购', tags: '标签', customers: '客户', groups: '客户群' }

export const syncFreshness: Check = {
  id: 'sync',
  group: GROUP,
  title: '数据新鲜度',
  needs: ['migrations'],
  async run({ database, clock }) {
    const reads = await lastReads(await database.pool())
    const never = PART_NAMES.filter((part) => !reads.has(part))
    if (never.length === PART_NAMES.length) return warn('还没有完整同步过', '运行 npm run sync')
    if (never.length > 0) return warn(`${wordsOf(never)}还没有同步过`, '运行 npm run sync')
    const oldest = new Date(Math.min(...[...reads.values()].map((at) => at.getTime())))
    const now = clock.now().getTime()
    const stale = PART_NAMES.filter((part) => now - (reads.get(part)?.getTime() ?? 0) > SYNC_STALE_MS)
    const since = `同步到 ${formatMinute(oldest)}`
    return stale.length > 0 ? warn(`${wordsOf(stale)}只${since}`, '运行 npm run sync,看它报什么') : ok(since)
  },
}

function wordsOf(parts: readonly PartName[]): string {
  return parts.map((part) => partWords[part]).join('、')
}
