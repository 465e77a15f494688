import { mirrorCustomer } from '@zhanggui/server/customers/mirror-customer.ts'
import { enqueue } from '@zhanggui/server/jobs/enqueue.ts'
import type { HandoverStatus } from '@zhanggui/shared/handover.ts'
import type { WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { expect } from 'vitest'
import { type TestClock, testClock } from '../support/clock.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { openApi } from './open-api.ts'

export const TRANSFER = 'externalcontact/transfer_customer'
export const RESULT = 'externalcontact/transfer_result'

export interface HandoverStory extends Story {
  clock: TestClock
  api: ReturnType<typeof openApi>
  /** Asks for a handover from 林晓 to 周敏 and waits until WeCom has been asked. */
  handOver(wish?: object): Promise<string>
  status(handoverId: string): Promise<HandoverStatus>
  /** What the cron does every minute. */
  follow(): Promise<void>
  owner(externalUserId: string): Promise<string | undefined>
}

/** 林晓 has so many customers, wm000 and on; the server has read them all. Both sides go by the same clock. */
export async function startHandoverStory(people = 2, seed: Partial<WorldSeed> = {}): Promise<HandoverStory> {
  const clock = testClock(new Date())
  const ids = Array.from({ length: people }, (_, index) => `wm${String(index).padStart(3, '0')}`)
  const story = await startStory({
    clock,
    simulator: {
      now: () => clock.now(),
      seed: smallWorld({
        customers: ids.map((externalUserId) => ({ externalUserId, name: `顾客${externalUserId}`, gender: 0 })),
        relations: ids.map((customer) => ({
          guide: 'LinXiao',
          customer,
          addedAt: '2026-01-02T10:00:00+08:00',
          addWay: 1,
          tags: [],
        })),
        ...seed,
      }),
    },
  })
  const { db, server } = story
  for (const id of ids) await mirrorCustomer(id, server.deps)
  const api = openApi(server)
  return {
    ...story,
    clock,
    api,
    async handOver(wish = {}) {
      const answer = await api.post('/handovers', {
        kind: 'active',
        fromUserId: 'LinXiao',
        toUserId: 'ZhouMin',
        ...wish,
      })
      expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('handoverId')])
      await story.settled()
      return answer.json().handoverId
    },
    status: async (handoverId) => (await api.get(`/handovers/${handoverId}`)).json(),
    async follow() {
      await enqueue(db, { task: 'follow_handovers', payload: {}, priority: 0 })
      await story.settled()
    },
    owner: async (externalUserId) => (await api.get(`/customers/${externalUserId}`)).json().owner?.userId,
  }
}

export const DAY_MS = 24 * 3_600_000
