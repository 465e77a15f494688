import type { SimulatorOptions } from '@zhanggui/wecom-simulator/settings.ts'
import { type Simulator, startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import type { RelationSeed, WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { type TestClock, testClock } from '../support/clock.ts'

export const CORP = 'wwc0ffee0011223344'
export const SECRET = 'the-secret-of-the-app'
export const CALLBACK = { token: 'GuideDeskT0ken', aesKey: 'Zm9vYmFyMDEyMzQ1Njc4OWFiY2RlZkdISUpLTE1OT1A' }

export const seed: WorldSeed = {
  departments: [
    { id: 1, name: '万象城', parentId: 0 },
    { id: 2, name: '施家专柜', parentId: 1 },
  ],
  members: [
    { userId: 'LinXiao', name: '林晓', departmentIds: [2], storeName: '施家专柜', follows: true },
    { userId: 'zhou', name: '周敏', departmentIds: [2], storeName: '施家专柜', follows: true },
    { userId: 'boss', name: '王总', departmentIds: [1], follows: false },
  ],
  customers: [
    { externalUserId: 'wmAnna', name: '安娜王', gender: 2, unionId: 'oAnna', phone: '13800000001' },
    { externalUserId: 'wmNobody', name: '没人加过', gender: 0 },
    { externalUserId: 'woPartner', name: '伙伴', gender: 1, type: 2, corpName: '伙伴公司' },
  ],
  relations: [relation({ guide: 'LinXiao', customer: 'wmAnna', tags: ['etVip'] })],
  tagGroups: [{ groupId: 'etLevel', name: '等级', tags: [{ tagId: 'etVip', name: '重要' }] }],
  groups: [
    {
      chatId: 'wrOld',
      name: '老友群',
      owner: 'LinXiao',
      createdAt: '2026-01-02T10:00:00+08:00',
      members: [
        { id: 'LinXiao', joinedAt: '2026-01-02T10:00:00+08:00', joinScene: 1 },
        { id: 'wmAnna', joinedAt: '2026-01-02T10:01:00+08:00', joinScene: 3 },
      ],
    },
  ],
}

export function relation(wanted: Partial<RelationSeed> & { guide: string; customer: string }): RelationSeed {
  return { addedAt: '2026-01-02T10:00:00+08:00', addWay: 1, tags: [], ...wanted }
}

type Answer = { errcode: number; errmsg: string } & Record<string, unknown>

export interface TestSimulator extends AsyncDisposable {
  simulator: Simulator
  clock: TestClock
  /** A call with a live token; a body makes it a POST. */
  call(path: string, input?: { query?: Record<string, string>; body?: unknown }): Promise<Answer>
  /** A call exactly as given. */
  rawCall(path: string, init?: RequestInit): Promise<Answer>
}

/** The app's and the contacts assistant's callbacks both go to this receiver. */
export function connected(receiver: { url: string }, options: Partial<SimulatorOptions> = {}): Promise<TestSimulator> {
  const callback = { url: receiver.url, ...CALLBACK }
  return makeSimulator({ callback, contactsCallback: callback, ...options })
}

export async function makeSimulator(options: Partial<SimulatorOptions> = {}): Promise<TestSimulator> {
  const clock = testClock(new Date('2026-11-20T10:00:00+08:00'))
  const simulator = await startSimulator({
    corpId: CORP,
    agentId: '1000077',
    agentSecret: SECRET,
    seed,
    now: clock.now,
    callbackTiming: { retryDelayMs: 1 },
    ...options,
  })

  async function rawCall(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${simulator.url}/cgi-bin/${path}`, init)
    const answer: Answer = JSON.parse(await response.text())
    return answer
  }

  return {
    simulator,
    clock,
    rawCall,
    async call(path, { query = {}, body } = {}) {
      const { access_token: token } = await rawCall(`gettoken?corpid=${CORP}&corpsecret=${SECRET}`)
      const search = new URLSearchParams({ access_token: String(token), ...query })
      const init = body === undefined ? undefined : { method: 'POST', body: JSON.stringify(body) }
      return rawCall(`${path}?${search}`, init)
    },
    [Symbol.asyncDispose]: () => simulator.stop(),
  }
}
