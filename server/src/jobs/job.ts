import type { Deps } from '../deps.ts'

/** A job as it is enqueued. */
export interface JobSpec {
  task: string
  payload: Record<string, unknown>
  /** Jobs with one key are one job until it begins. */
  key?: string
  /** Lower runs first. */
  priority: number
}

export interface JobContext {
  /** 1 on the first run. */
  attempt: number
  /** Aborted when the worker is told to stop: a long job keeps what it has and comes back another time. */
  stopping?: AbortSignal
}

/** A kind of job. `run` may be called twice or out of order, so it must leave the same state either way. */
export interface Task {
  name: string
  /** The welcome has workers of its own, so that no other job can make it wait. */
  lane: 'welcome' | 'general'
  run(payload: Record<string, unknown>, deps: Deps, context: JobContext): Promise<void>
}

export interface Cron {
  task: Task
  /** Five fields, UTC. */
  schedule: string
}

/** Thrown by a task that knows when it should run again, and how often at most. */
export class RunLater extends Error {
  readonly afterMs: number
  readonly tries: number

  constructor(reason: string, afterMs: number, tries: number) {
    super(reason)
    this.name = 'RunLater'
    this.afterMs = afterMs
    this.tries = tries
  }
}
