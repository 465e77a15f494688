import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { channel, channelWhen, isLive, startChannelStory } from './channel-story.ts'

const link = (over: object = {}) =>
  channel({ kind: 'link', source: 'live', skipVerify: false, guideIds: ['LinXiao', 'ZhouMin'], ...over })
const CREATE = 'externalcontact/customer_acquisition/create_link'

async function started() {
  const story = await startChannelStory()
  await story.simulator.changeQuota({ balance: 100 })
  await story.open.put('channels', [link()])
  const live = await channelWhen(story, isLive)
  const url = new URL(live.url ?? '')
  return { story, live, linkId: live.linkId ?? '', channelState: url.searchParams.get('customer_channel') ?? '' }
}

test('an acquisition link carries its customer_channel, and spreads friends like a store code', async () => {
  const { story, live, linkId, channelState } = await started()
  await using _ = story
  const { simulator } = story
  expect(channelState).toBe(live.state)
  expect(simulator.world.acquisitionLinks.get(linkId)).toMatchObject({ users: ['LinXiao'], skipVerify: false })
  const guides: string[] = []
  for (let friend = 1; friend <= 4; friend++) {
    const { guide, delivered } = await simulator.addThroughLink({ linkId, channel: channelState })
    guides.push(guide)
    await delivered
    await channelWhen(story, ({ next }) => next[0]?.userId !== guide)
  }
  expect(guides).toEqual(['LinXiao', 'ZhouMin', 'LinXiao', 'ZhouMin'])
  await until(async () => (await story.open.get('channels/c1')).total === 4)
})

test('what happens at a link before a friendship is counted once', async () => {
  const { story, linkId, channelState } = await started()
  await using _ = story
  const { simulator, open } = story
  await (await simulator.openLink({ linkId, channel: channelState })).delivered
  await (await simulator.requestThroughLink({ linkId, channel: channelState })).delivered
  const { guide, externalUserId, delivered } = await simulator.addThroughLink({ linkId, channel: channelState })
  await delivered
  simulator.customerSays({ guide, chat: externalUserId, text: '在吗' })
  await expect.poll(async () => (await open.get('channels/c1')).visits).toEqual({ opened: 1, requested: 1, chatted: 1 })
})

test('a link nobody can be reached by, and one deleted in the console, are said to HQ and beside the channel', async () => {
  const { story, linkId } = await started()
  await using _ = story
  const { simulator, db } = story
  await (await simulator.linkUnavailable({ linkId })).delivered
  const unavailable = await channelWhen(story, ({ next }) => next[0]?.userId === 'ZhouMin')
  expect(unavailable.notes).toEqual([expect.stringMatching(/^(林晓|LinXiao)现在加不了客户,先不分给 TA$/)])
  await (await simulator.deleteLink({ linkId })).delivered
  const gone = await channelWhen(story, ({ status }) => status === 'failed')
  expect(gone.failure).toBe('这个码在企业微信那边已经没有了,请停用,再新建一个')
  await story.settled()
  const alerts = await db.selectFrom('alert').select(['kind', 'detail']).orderBy('kind').execute()
  expect(alerts).toEqual([
    { kind: 'acquisition_link_deleted', detail: '获客链接“门口台卡”在管理后台被删了,印出去的码扫不了了。' },
    { kind: 'acquisition_link_unavailable', detail: '获客链接“门口台卡”里的导购现在都加不了客户。' },
  ])
})

test('a link whose creation was never answered is found again by its name', async () => {
  await using story = await startChannelStory()
  const { open, simulator, db, server } = story
  simulator.failNext(CREATE, 41095)
  await open.put('channels', [link()])
  await channelWhen(story, ({ failure }) => failure === '获客链接的数量到上限了,停用一些再试')
  const { state } = await db.selectFrom('channel').select('state').executeTakeFirstOrThrow()
  const made = await server.deps.wecom.call(CREATE, {
    link_name: `门口台卡 ${state.slice(-6)}`,
    range: { user_list: ['LinXiao'] },
    skip_verify: false,
  })
  await db.updateTable('channel').set({ intendedAt: new Date() }).execute()
  await open.put('channels', [link({ name: '直播间' })])
  expect((await channelWhen(story, isLive)).linkId).toBe(made.link.link_id)
  expect(simulator.world.acquisitionLinks.size).toBe(1)
  await open.put('channels', [link({ name: '直播间', retired: true })])
  await until(async () => simulator.world.acquisitionLinks.size === 0)
})
