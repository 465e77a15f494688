import type { Clock } from '@zhanggui/server/clock.ts'
import { readConfig } from '@zhanggui/server/config.ts'
import { connect } from '@zhanggui/server/db/connection.ts'
import type { Deps } from '@zhanggui/server/deps.ts'
import { makeDeps } from '@zhanggui/server/make-deps.ts'
import { runSync, type SyncOutcome, type SyncWish } from '@zhanggui/server/sync/run-sync.ts'
import {
  type ReferenceCorpOptions,
  type RunningCorp,
  startReferenceCorp,
} from '@zhanggui/wecom-simulator/reference-corp/start.ts'
import { pino } from 'pino'
import { createTestDatabase } from '../support/database.ts'
import { testEnv } from '../support/env.ts'

export interface SyncScene extends AsyncDisposable {
  corp: RunningCorp
  deps: Deps
  db: Deps['db']
  databaseUrl: string
  /** What a process that joins needs to know. */
  env: NodeJS.ProcessEnv
  sync(wish?: Partial<SyncWish>): Promise<SyncOutcome>
}

/** Enough for several units of several pages. */
export const SMALL = {
  guides: 60,
  otherMembers: 3,
  customersPerGuide: 50,
  bigGuides: 1,
  customersPerBigGuide: 900,
  crowdFollowers: 12,
  groups: 12,
  largestGroup: 30,
  tags: 20,
  tagGroups: 4,
  departments: 6,
}

/** A reference corp and a database of its own, with the ports of a process in between. */
export async function syncScene({
  clock,
  ...options
}: ReferenceCorpOptions & { clock?: Clock } = {}): Promise<SyncScene> {
  const corp = await startReferenceCorp({ ...options, corp: { ...SMALL, ...options.corp }, now: clock?.now })
  const database = await createTestDatabase()
  const env = {
    ...testEnv,
    DATABASE_URL: database.url,
    WECOM_API_URL: corp.url,
    WECOM_CORP_ID: corp.corpId,
    WECOM_AGENT_SECRET: corp.secret,
  }
  const connection = connect(database.url, { size: 6, patienceMs: 30_000, onError: () => {} })
  const deps = makeDeps(readConfig(env), connection, pino({ level: 'silent' }), clock)
  return {
    corp,
    deps,
    db: deps.db,
    databaseUrl: database.url,
    env,
    sync: (wish = {}) =>
      runSync(deps, {
        parts: ['guides', 'tags', 'customers', 'groups'],
        startedBy: 'command',
        resumeWithinMs: 86_400_000,
        atOnce: 8,
        signal: new AbortController().signal,
        ...wish,
      }),
    async [Symbol.asyncDispose]() {
      await deps.wecom.close()
      await connection.close()
      await corp.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}
