import type { CardTags, TagPalette } from '@zhanggui/shared/tag.ts'
import type { WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { type Browser, browser } from '../support/browser.ts'
import { TILL_KEY } from '../support/env.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'

/** 安娜 is a friend of 林晓; two groups of tags made in the console. */
export const tagWorld: WorldSeed = smallWorld({
  customers: [{ externalUserId: 'wmAnna', name: '安娜王', gender: 2 }],
  tagGroups: [
    {
      groupId: 'etStyle',
      name: '风格',
      order: 2,
      tags: [
        { tagId: 'etSilver', name: '喜欢银色', order: 3 },
        { tagId: 'etGold', name: '喜欢金色', order: 2 },
        { tagId: 'etPearl', name: '喜欢珍珠', order: 1 },
      ],
    },
    { groupId: 'etFrom', name: '来源', order: 1, tags: [{ tagId: 'etShop', name: '门店扫码' }] },
  ],
})

export const PAIR = { guide: 'LinXiao', customer: 'wmAnna' }

/** The story up to where 林晓 has 安娜 as a friend and the tags are known. */
export async function startTagStory(seed: WorldSeed = tagWorld): Promise<Story> {
  const story = await startStory({ simulator: { seed } })
  await (await story.simulator.addFriend(PAIR)).delivered
  await story.settled()
  return story
}

/** Signs a member in through the simulated WeCom. */
export async function signInTo(story: Story, userId: string): Promise<Browser> {
  const by = browser(story.server)
  const { location } = (await by.get('/auth/start?next=/sidebar/')).headers
  const authorize = new URL(String(location))
  authorize.searchParams.set('simulator_account', userId)
  const answer = await fetch(authorize, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  await by.get(back.pathname + back.search)
  return by
}

export async function tap(by: Browser, taps: { add?: string[]; remove?: string[] }): Promise<CardTags> {
  const answer = await by.post('/api/customers/wmAnna/tags', { add: [], remove: [], ...taps })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
  return answer.json()
}

export async function cardTags(by: Browser): Promise<CardTags> {
  return (await by.get('/api/customers/wmAnna/tags')).json()
}

export function namesOf({ tags }: CardTags): string[] {
  return tags.map(({ name }) => name)
}

export async function palette(by: Browser, query = ''): Promise<TagPalette> {
  return (await by.get(`/api/tags${query}`)).json()
}

/** The pause after the last tap is over: what waits for it is due. */
export async function endPause({ server, settled }: Story, task = 'write_tags'): Promise<void> {
  await server.deps.pool.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at := now())
     from graphile_worker.jobs where task_identifier = $1 having count(*) > 0`,
    [task],
  )
  await settled()
}

export function marks({ simulator }: Story) {
  return simulator.calls.of('externalcontact/mark_tag')
}

export async function putRecords({ server }: Story, what: string, records: object[]) {
  const answer = await server.app.inject({
    method: 'PUT',
    url: `/open/v1/${what}`,
    headers: { authorization: `Bearer ${TILL_KEY}` },
    payload: records,
  })
  return answer.json()
}

export function putTagGroups(story: Story, records: object[]) {
  return putRecords(story, 'tag-groups', records)
}

export async function listTagGroups({ server }: Story) {
  const answer = await server.app.inject({
    url: '/open/v1/tag-groups',
    headers: { authorization: `Bearer ${TILL_KEY}` },
  })
  return answer.json().groups
}
