import type { ChannelView } from '@zhanggui/shared/channel.ts'
import type { SimulatorOptions } from '@zhanggui/wecom-simulator/settings.ts'
import type { MemberSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { TILL_KEY } from '../support/env.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

const headers = { authorization: `Bearer ${TILL_KEY}`, 'content-type': 'application/json' }

export const tagGroups = [{ groupId: 'etFrom', name: '来源', tags: [{ tagId: 'etLive', name: '直播' }] }]

const people: MemberSeed[] = [
  ['LinXiao', '林晓'],
  ['ZhouMin', '周敏'],
  ['ChenChen', '陈晨'],
  ['WuYue', '吴越'],
].map(([userId = '', name = '']) => ({ userId, name, departmentIds: [2], storeName: '万象城', follows: true }))

/** A store with four guides, connected to its simulated WeCom. */
export async function startChannelStory(simulator: Partial<SimulatorOptions> = {}) {
  const story = await startStory({ simulator: { seed: smallWorld({ members: people, tagGroups }), ...simulator } })
  const open = openApi(story)
  await open.put('stores', [{ storeId: 'mall', name: '万象城' }])
  await open.put(
    'guides',
    people.map(({ userId }) => ({ userId, storeId: 'mall' })),
  )
  return { ...story, open, [Symbol.asyncDispose]: () => story[Symbol.asyncDispose]() }
}

export type ChannelStory = Awaited<ReturnType<typeof startChannelStory>>

export function channel(over: object = {}): object {
  return { channelId: 'c1', name: '门口台卡', kind: 'guide', source: 'public', guideIds: ['LinXiao'], ...over }
}

function openApi({ server }: Story) {
  return {
    async put(kind: string, records: object[]) {
      const answer = await server.app.inject({ method: 'PUT', url: `/open/v1/${kind}`, headers, payload: records })
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return answer.json()
    },
    async get(path: string) {
      const answer = await server.app.inject({ url: `/open/v1/${path}`, headers })
      return answer.json()
    },
  }
}

/** Waits until the channel is as wished, and gives it. */
export async function channelWhen(
  { open }: Pick<ChannelStory, 'open'>,
  condition: (channel: ChannelView) => boolean,
  channelId = 'c1',
): Promise<ChannelView> {
  let seen: ChannelView | undefined
  await until(async () => {
    const answer: ChannelView = await open.get(`channels/${channelId}`)
    if (answer.status && condition(answer)) seen = answer
    return seen !== undefined
  })
  if (!seen) throw new Error('no channel')
  return seen
}

export const isLive = ({ status }: ChannelView) => status === 'live'

/** A new customer scans the code; the guide they got. Returns when everything about it is done. */
export async function scan(story: ChannelStory, state: string): Promise<{ guide: string; externalUserId: string }> {
  const { guide, externalUserId, delivered } = await story.simulator.scanContactWay({ state })
  await delivered
  await story.settled()
  return { guide, externalUserId }
}
