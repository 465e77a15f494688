import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20]

/** What /metrics shows. Labels hold names of events, endpoints and outcomes, never ids of people. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    callbacks: new Counter({
      name: 'zhanggui_callbacks_total',
      help: 'Callbacks by event and outcome (stored, duplicate, or the code of the refusal)',
      labelNames: ['event', 'outcome'] as const,
      registers,
    }),
    callbackBatch: new Histogram({
      name: 'zhanggui_callback_commit_batch_size',
      help: 'Callbacks that shared one commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
      registers,
    }),
    welcomes: new Counter({
      name: 'zhanggui_welcomes_total',
      help: 'Welcomes by outcome',
      labelNames: ['outcome'] as const,
      registers,
    }),
    welcomeLatency: new Histogram({
      name: 'zhanggui_welcome_latency_seconds',
      help: 'From callback received to WeCom’s yes',
      buckets: SECONDS,
      registers,
    }),
    wecomCalls: new Counter({
      name: 'zhanggui_wecom_calls_total',
      help: 'Calls to WeCom by endpoint and errcode (or network, timeout)',
      labelNames: ['endpoint', 'errcode'] as const,
      registers,
    }),
    wecomLatency: new Histogram({
      name: 'zhanggui_wecom_call_seconds',
      help: 'Time WeCom took to answer',
      labelNames: ['endpoint'] as const,
      buckets: SECONDS,
      registers,
    }),
    jobs: new Counter({
      name: 'zhanggui_jobs_total',
      help: 'Job runs by task and outcome (done, retry, dropped, final, alert, exhausted)',
      labelNames: ['task', 'outcome'] as const,
      registers,
    }),
    jobLag: new Histogram({
      name: 'zhanggui_job_lag_seconds',
      help: 'From when a job was due to when it began',
      labelNames: ['task'] as const,
      buckets: SECONDS,
      registers,
    }),
    failedJobs: new Gauge({
      name: 'zhanggui_failed_jobs_open',
      help: 'Jobs that finally failed and nobody has replayed',
      registers,
    }),
    alerts: new Gauge({
      name: 'zhanggui_alerts_open',
      help: 'Alerts to HQ whose cause has not ended, by kind',
      labelNames: ['kind'] as const,
      registers,
    }),
    syncedAt: new Gauge({
      name: 'zhanggui_sync_last_success_timestamp_seconds',
      help: 'When a part of the corp was last read to its end, by part',
      labelNames: ['part'] as const,
      registers,
    }),
    syncDrift: new Gauge({
      name: 'zhanggui_sync_drift',
      help: 'How far the mirror was from WeCom when it was last read to its end, by part and kind',
      labelNames: ['part', 'kind'] as const,
      registers,
    }),
    pool: new Gauge({
      name: 'zhanggui_database_pool_connections',
      help: 'Database connections of this process',
      labelNames: ['state'] as const,
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
