import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { examineServer } from './doctor.ts'
import { beginRun, countRunsSince, saveRun } from './doctor-runs.repository.ts'

/** Each examination asks for two tickets, of which the whole app gets a hundred an hour (doc 90312). */
const MOST_AN_HOUR = 20
const HOUR_MS = 3_600_000

/**
 * Begins an examination, which writes down what it finds as it goes; while one is under way, that one will do.
 * `done` settles when it is over. Throws too_many_requests.
 */
export async function startDoctor(deps: Deps, userId: string): Promise<{ done: Promise<void> }> {
  const { db, clock } = deps
  const now = clock.now()
  if ((await countRunsSince(db, new Date(now.getTime() - HOUR_MS))) >= MOST_AN_HOUR)
    throw new AppError('too_many_requests', { detail: `at most ${MOST_AN_HOUR} examinations an hour` })
  const runId = await beginRun(db, userId, now)
  return { done: runId === undefined ? Promise.resolve() : work(deps, runId) }
}

async function work(deps: Deps, runId: number): Promise<void> {
  const { db, clock, log } = deps
  const found: CheckResult[] = []
  try {
    await examineServer(deps, async (result) => {
      found.push(result)
      await saveRun(db, runId, found)
    })
    await saveRun(db, runId, found, clock.now())
  } catch (error) {
    log.error({ err: error }, 'the examination broke off')
  }
}
