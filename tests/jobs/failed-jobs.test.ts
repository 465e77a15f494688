import { expect, test } from 'vitest'
import { TILL_KEY } from '../support/env.ts'
import { startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

test('what finally fails is kept, seen, and can be replayed once', async () => {
  await using story = await startStory()
  const { simulator, db, server } = story
  const headers = { authorization: `Bearer ${TILL_KEY}` }
  const list = async () => (await (await fetch(`${server.url}/open/v1/failed-jobs`, { headers })).json()).failedJobs

  await (await simulator.addFriend({ guide: 'LinXiao', name: '安娜王' })).delivered
  await story.settled()
  simulator.failNext('externalcontact/get', 48002)
  const [{ externalUserId = '' } = {}] = await db.selectFrom('customer').select('externalUserId').execute()
  await (await simulator.editRemark({ guide: 'LinXiao', customer: externalUserId, remark: '周末来' })).delivered
  await until(async () => (await list()).length === 1)
  const [failed] = await list()
  expect(failed).toMatchObject({ task: 'mirror_customer', outcome: 'alert', errcode: 48002, attempts: 1 })
  expect(JSON.stringify(failed)).not.toContain('周末来')
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toContain('zhanggui_failed_jobs_open 1')

  const replay = () =>
    fetch(`${server.url}/open/v1/failed-jobs/${failed.id}/replay`, { method: 'POST', headers }).then(
      ({ status }) => status,
    )
  expect(await replay()).toBe(204)
  expect(await replay()).toBe(404)
  await story.settled()
  expect(await db.selectFrom('followRelation').select('remark').execute()).toEqual([{ remark: '周末来' }])
  expect(await list()).toEqual([])
})

test('a job that WeCom keeps waiting is tried again by itself', async () => {
  await using story = await startStory()
  story.simulator.failNext('externalcontact/get', 45036, 2)
  const { externalUserId, delivered } = await story.simulator.addFriend({ guide: 'LinXiao', name: '安娜王' })
  await delivered
  await until(async () => {
    const customer = await story.db
      .selectFrom('customer')
      .select('name')
      .where('externalUserId', '=', externalUserId)
      .executeTakeFirst()
    return customer?.name === '安娜王'
  })
  expect(await story.db.selectFrom('failedJob').selectAll().execute()).toEqual([])
})
