import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { sql } from 'kysely'
import { countOpenAlerts } from '../alerts/alerts.repository.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { countOpenFailures } from '../jobs/failed-jobs.repository.ts'
import { listLastComplete } from '../sync/reports.repository.ts'

/** /healthz: the process is up. /readyz: its database answers. /metrics: Prometheus text. */
export const operationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, pool, metrics }) => {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }))

  app.get('/readyz', { logLevel: 'warn' }, async () => {
    try {
      await sql`select 1 from callback_inbox limit 1`.execute(db)
    } catch (cause) {
      throw new AppError('unavailable', { detail: 'the database does not answer', cause })
    }
    return { status: 'ready' }
  })

  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) => {
    metrics.pool.set({ state: 'total' }, pool.totalCount)
    metrics.pool.set({ state: 'idle' }, pool.idleCount)
    metrics.pool.set({ state: 'waiting' }, pool.waitingCount)
    await countWhatIsOpen().catch(() => {}) // the other metrics are worth having while the database is away
    reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })

  async function countWhatIsOpen(): Promise<void> {
    const [failures, alerts, synced] = await Promise.all([
      countOpenFailures(db),
      countOpenAlerts(db),
      listLastComplete(db),
    ])
    metrics.failedJobs.set(failures)
    metrics.alerts.reset() // a kind that has no open alert left is gone, not stale
    for (const { kind, count } of alerts) metrics.alerts.set({ kind }, count)
    for (const [part, { at, drift }] of synced) {
      metrics.syncedAt.set({ part }, at.getTime() / 1000)
      for (const [kind, count] of Object.entries(drift)) metrics.syncDrift.set({ part, kind }, count)
    }
  }
}
