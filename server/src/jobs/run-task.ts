import type { Task as GraphileTask } from 'graphile-worker'
import { raiseRefusal } from '../alerts/raise-refusal.ts'
import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import { enqueue } from './enqueue.ts'
import { keepFailedJob } from './failed-jobs.repository.ts'
import type { Task } from './job.ts'
import { judge } from './retry-policy.ts'

/** How often this job was tried before travels in its payload, since every try is a new row. */
const ATTEMPT = '_attempt'

/**
 * Wraps a task for graphile-worker: runs it, and on failure does what the retry policy says. A retry is a new job at
 * its own time; a job whose worker was killed is found again by `presence.ts`.
 */
export function asGraphileTask(task: Task, deps: Deps, stopping: AbortSignal): GraphileTask {
  return async (raw, helpers) => {
    const { [ATTEMPT]: tried, ...payload } = isRecord(raw) ? raw : {}
    const attempt = typeof tried === 'number' ? tried + 1 : 1
    const began = deps.clock.now()
    deps.metrics.jobLag.observe(
      { task: task.name },
      Math.max(0, (began.getTime() - helpers.job.run_at.getTime()) / 1000),
    )
    try {
      await task.run(payload, deps, { attempt, stopping })
      deps.metrics.jobs.inc({ task: task.name, outcome: 'done' })
    } catch (error) {
      await settle(error, task, payload, attempt, helpers.job, deps)
    }
  }
}

async function settle(
  error: unknown,
  task: Task,
  payload: Record<string, unknown>,
  attempt: number,
  job: { priority: number; key: string | null },
  deps: Deps,
): Promise<void> {
  const { db, clock, metrics, log } = deps
  const now = clock.now()
  const verdict = judge(error, attempt, now, Math.random())
  const fields = { task: task.name, attempt, outcome: verdict.kind, reason: verdict.reason }
  if (verdict.kind === 'retry') {
    log.warn(fields, 'job will be tried again')
    const key = job.key ?? undefined
    await enqueue(db, {
      task: task.name,
      payload: { ...payload, [ATTEMPT]: attempt },
      ...(key === undefined ? {} : { key }),
      priority: job.priority,
      runAt: verdict.at,
    })
  } else {
    const unexpected = !(error instanceof WecomError)
    log[verdict.kind === 'dropped' ? 'warn' : 'error'](
      { ...fields, ...(unexpected ? { err: error } : {}) },
      'job failed',
    )
    await keepFailedJob(db, {
      task: task.name,
      payload,
      outcome: verdict.kind,
      reason: verdict.reason,
      errcode: verdict.errcode,
      attempts: attempt,
      failedAt: now,
    })
    if (verdict.kind === 'alert' && error instanceof WecomError) await raiseRefusal(deps, error)
  }
  metrics.jobs.inc({ task: task.name, outcome: verdict.kind })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
