import { randomUUID } from 'node:crypto'
import { purgeActions } from '@zhanggui/server/guide-actions/purge-actions.ts'
import { mirrorTags } from '@zhanggui/server/tags/mirror-tags.ts'
import type { ProcessReport } from '@zhanggui/shared/guide-action.ts'
import { expect, test } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { type TestApp, testApp } from '../support/app.ts'
import type { Story } from '../support/server.ts'
import { befriend, couponTemplate, openShop, put, unfriend } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { endPause, signInTo, startTagStory, tap } from '../tags/tag-story.ts'

const EVER = 'from=2020-01-01&to=2100-01-01'

async function report(t: Pick<TestApp, 'app'>, period = EVER): Promise<ProcessReport> {
  return (await openApi(t).get(`/reports/process?${period}`)).json()
}

async function shop() {
  const t = await testApp({ wecom: signInWecom(), env: { HQ_USER_IDS: 'HeadOffice' } })
  await openShop(t)
  await befriend(t)
  return t
}

test('an opening counts once, however often and in whatever order its beginning and end are told', async () => {
  await using t = await shop()
  const lin = await signIn(t, 'LinXiao')
  const openId = randomUUID()
  const told = [{}, { lastedMs: 4_000 }, {}, { lastedMs: 3_000 }, { lastedMs: 4_000 }]
  for (const more of told) {
    const answer = await lin.put(`/api/opens/${openId}`, { externalUserId: 'wmAnna', ...more })
    expect(answer.statusCode).toBe(204)
  }
  await lin.put(`/api/opens/${randomUUID()}`, { externalUserId: 'wmAnna', lastedMs: 1_500 })
  expect(await report(t)).toEqual({
    rows: [
      {
        guideId: 'LinXiao',
        sidebarOpens: 2,
        openMs: 5_500,
        customers: 1,
        tagsAdded: 0,
        remarksWritten: 0,
        shares: {},
      },
    ],
    total: { sidebarOpens: 2, openMs: 5_500, customers: 1, tagsAdded: 0, remarksWritten: 0, shares: {} },
  })
})

test('a customer two guides looked at is one customer in all', async () => {
  await using t = await shop()
  await befriend(t, { guideUserId: 'ChenChen' })
  for (const userId of ['LinXiao', 'ChenChen'])
    await (await signIn(t, userId)).put(`/api/opens/${randomUUID()}`, { externalUserId: 'wmAnna', lastedMs: 10 })
  const { rows, total } = await report(t)
  expect(rows.map(({ guideId, customers }) => [guideId, customers])).toEqual([
    ['ChenChen', 1],
    ['LinXiao', 1],
  ])
  expect(total).toMatchObject({ sidebarOpens: 2, customers: 1 })
})

test('nobody counts a customer they may not see, or under another guide’s opening', async () => {
  await using t = await shop()
  const lin = await signIn(t, 'LinXiao')
  const openId = randomUUID()
  await lin.put(`/api/opens/${openId}`, { externalUserId: 'wmAnna' })
  await befriend(t, { guideUserId: 'ChenChen' })
  const chen = await signIn(t, 'ChenChen')
  await unfriend(t, { guideUserId: 'LinXiao' })
  const refused: [typeof lin, string, object, number][] = [
    [lin, randomUUID(), { externalUserId: 'wmAnna' }, 404],
    [lin, randomUUID(), { externalUserId: 'wmNobody' }, 404],
    [lin, randomUUID(), { chatId: 'wrNone' }, 404],
    [chen, openId, { externalUserId: 'wmAnna', lastedMs: 9 }, 400],
    [chen, randomUUID(), {}, 400],
    [chen, randomUUID(), { externalUserId: 'wmAnna', chatId: 'wrNone' }, 400],
    [chen, randomUUID(), { externalUserId: 'wmAnna', lastedMs: -1 }, 400],
    [chen, randomUUID(), { externalUserId: 'wmAnna', lastedMs: 86_400_001 }, 400],
    [chen, 'no-id', { externalUserId: 'wmAnna' }, 400],
  ]
  for (const [by, id, body, status] of refused)
    expect([id, body, (await by.put(`/api/opens/${id}`, body)).statusCode]).toEqual([id, body, status])
  expect((await report(t)).total).toMatchObject({ sidebarOpens: 1, openMs: 0 })
})

test('what went into a chat is counted by what it was, once, and only if WeCom took it', async () => {
  await using t = await shop()
  await put(t, 'coupons', [couponTemplate({ perCustomer: 9 })])
  const lin = await signIn(t, 'LinXiao')
  const share = async (outcome: string) => {
    const wish = { requestId: randomUUID(), externalUserId: 'wmAnna', kind: 'coupon', refId: 'save100' }
    const { shareId } = (await lin.post('/api/shares', wish)).json()
    for (let times = 0; times < 2; times += 1) await lin.post(`/api/shares/${shareId}/outcome`, { outcome })
  }
  await share('handed_over')
  await share('handed_over')
  await share('cancelled')
  expect((await report(t)).rows).toMatchObject([{ guideId: 'LinXiao', shares: { coupon: 2 } }])
})

test('a tag counts when WeCom has it', async () => {
  const story: Story = await startTagStory()
  await using _ = story
  await mirrorTags(story.server.deps)
  const by = await signInTo(story, 'LinXiao')
  await tap(by, { add: ['etSilver', 'etGold'] })
  expect((await report(story.server)).total.tagsAdded).toBe(0)
  await tap(by, { add: ['etShop'], remove: ['etGold'] })
  await endPause(story)
  expect((await report(story.server)).rows).toMatchObject([{ guideId: 'LinXiao', tagsAdded: 2 }])
})

test('only the period counts, and what is older than 400 days goes', async () => {
  await using t = await shop()
  const lin = await signIn(t, 'LinXiao')
  await lin.put(`/api/opens/${randomUUID()}`, { externalUserId: 'wmAnna', lastedMs: 5 })
  const { at } = await t.db.selectFrom('guideAction').select('at').executeTakeFirstOrThrow()
  const from = encodeURIComponent(at.toISOString())
  expect((await report(t, `from=${from}&to=2100-01-01`)).total.sidebarOpens).toBe(1)
  expect((await report(t, `from=2020-01-01&to=${from}`)).total.sidebarOpens).toBe(0)
  t.clock.set(new Date(t.clock.now().getTime() + 399 * 86_400_000))
  await purgeActions.run({}, t.deps, { attempt: 1 })
  expect((await report(t)).total.sidebarOpens).toBe(1)
  t.clock.set(new Date(t.clock.now().getTime() + 2 * 86_400_000))
  await purgeActions.run({}, t.deps, { attempt: 1 })
  expect((await report(t)).total.sidebarOpens).toBe(0)
})
