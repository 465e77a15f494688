import { raiseAlert } from '@zhanggui/server/alerts/raise-alert.ts'
import { beginRun } from '@zhanggui/server/doctor/doctor-runs.repository.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../doctor/clinic.ts'
import { signInMember } from '../doctor/sign-in-member.ts'
import { type Browser, browser } from '../support/browser.ts'
import { until } from '../support/until.ts'

let clinic: Clinic
let hq: Browser
beforeAll(async () => {
  clinic = await openClinic()
  hq = await signInMember(clinic, 'HeadOffice')
})
afterAll(() => clinic[Symbol.asyncDispose]())
beforeEach(async () => {
  await clinic.server.db.deleteFrom('alert').execute()
  await clinic.server.db.deleteFrom('doctorRun').execute()
  await clinic.server.db.deleteFrom('failedJob').execute()
})

const submit = (by: Browser, url: string) => by.submit(url, {}, { origin: clinic.proxy.url })
const lowActive = { kind: 'app_low_active', detail: '成员活跃太低,<b>客户数据</b>取不到。' } as const

test('a stranger is led to sign-in and back to the very page', async () => {
  const answer = await browser(clinic.server).get('/console/doctor')
  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/auth/start?next=%2Fconsole%2Fdoctor'])
  expect((await browser(clinic.server).get('/api/doctor')).statusCode).toBe(401)
})

test('guides see nothing of the console, managers their own page, HQ all of it', async () => {
  const { db } = clinic.server
  const guide = await signInMember(clinic, 'LinXiao')
  for (const path of ['/console/', '/console/doctor', '/console/alerts', '/console/failed-jobs']) {
    const refused = await guide.get(path)
    expect([path, refused.statusCode]).toEqual([path, 403])
    expect(refused.body).toContain('这一页您看不了')
  }
  expect((await guide.get('/api/doctor')).json()).toMatchObject({ code: 'forbidden' })

  const manager = await signInMember(clinic, 'ZhouMin')
  await db.updateTable('guide').set({ role: 'manager' }).where('userId', '=', 'ZhouMin').execute()
  if (!(await db.selectFrom('guide').select('userId').where('userId', '=', 'ZhouMin').executeTakeFirst()))
    await db
      .insertInto('guide')
      .values({ userId: 'ZhouMin', role: 'manager', name: '周敏', updatedAt: new Date() })
      .execute()
  const home = await manager.get('/console/')
  expect([home.statusCode, home.body.includes('聊天侧边栏')]).toEqual([200, true])
  expect(home.body).not.toContain('/console/doctor')
  for (const path of ['/console/doctor', '/console/alerts', '/console/failed-jobs'])
    expect([path, (await manager.get(path)).statusCode]).toEqual([path, 403])
  expect((await submit(manager, '/console/doctor')).statusCode).toBe(403)

  for (const path of ['/console', '/console/', '/console/doctor', '/console/alerts', '/console/failed-jobs'])
    expect([path, (await hq.get(path)).statusCode]).toEqual([path, 200])
})

test('an open alert stands on the first page, and whoever has seen to it takes it away', async () => {
  const { deps } = clinic.server
  expect((await hq.get('/console/')).body).toContain('没有要处理的')
  await raiseAlert(deps, lowActive)
  const { body } = await hq.get('/console/')
  expect(body).toContain('成员活跃太低,客户数据已受限')
  expect(body).toContain('&lt;b&gt;客户数据&lt;/b&gt;')
  const [, close = ''] = /action="(\/console\/alerts\/\d+\/close)"/.exec(body) ?? []
  const closed = await submit(hq, close)
  expect([closed.statusCode, closed.headers.location]).toEqual([303, '/console/'])
  expect((await hq.get('/console/')).body).toContain('没有要处理的')
  expect((await hq.get('/console/alerts')).body).toContain('HeadOffice 关闭')
  expect((await submit(hq, close)).statusCode).toBe(303)
})

test('a form from another site changes nothing', async () => {
  await raiseAlert(clinic.server.deps, lowActive)
  const { alertId } = await clinic.server.db.selectFrom('alert').select('alertId').executeTakeFirstOrThrow()
  for (const origin of ['https://evil.example', 'null', undefined])
    expect((await hq.submit(`/console/alerts/${alertId}/close`, {}, { ...(origin && { origin }) })).statusCode).toBe(
      403,
    )
  expect(await clinic.server.db.selectFrom('alert').select('closedAt').execute()).toEqual([{ closedAt: null }])
})

test('what failed is listed with its reason and can be tried again', async () => {
  const { db } = clinic.server
  await db
    .insertInto('failedJob')
    .values({
      task: 'purge_inbox',
      payload: '{}',
      outcome: 'exhausted',
      reason: 'Error: the reason',
      errcode: null,
      attempts: 12,
      failedAt: new Date(),
      replayedAt: null,
    })
    .execute()
  const { body } = await hq.get('/console/failed-jobs')
  expect(body).toContain('试了很多次都没成')
  expect(body).toContain('Error: the reason')
  const [, replay = ''] = /action="(\/console\/failed-jobs\/\d+\/replay)"/.exec(body) ?? []
  expect((await submit(hq, replay)).statusCode).toBe(303)
  const again = await submit(hq, replay)
  expect([again.statusCode, again.body.includes('已经有人再试过了')]).toEqual([404, true])
  expect((await hq.get('/console/failed-jobs')).body).toContain('没有。')
})

test('the examination as a page: asked for, under way, done', async () => {
  const { simulator } = clinic
  expect((await hq.get('/console/doctor')).body).toContain('还没有查过')
  simulator.setTrustedIp(false)
  const release = simulator.hold('agent/get')
  const asked = await submit(hq, '/console/doctor')
  expect([asked.statusCode, asked.headers.location]).toEqual([303, '/console/doctor'])
  const waiting = (await hq.get('/console/doctor')).body
  expect(waiting).toContain('http-equiv="refresh"')
  expect(waiting).toMatch(/正在查,\d+ \/ \d+/)
  // Asked for again meanwhile: it is the same one.
  await submit(hq, '/console/doctor')
  release()
  await until(async () => !(await hq.get('/console/doctor')).body.includes('正在查'))
  simulator.setTrustedIp(true)
  const { body } = await hq.get('/console/doctor')
  expect(body).toContain('1 项要改')
  expect(body).toContain('企业可信IP,加上 127.0.0.1')
  expect(body).not.toContain('http-equiv="refresh"')
  expect(await clinic.server.db.selectFrom('doctorRun').select('askedBy').execute()).toEqual([
    { askedBy: 'HeadOffice' },
  ])
  expect((await hq.get('/console/')).body).toContain('1 项要改')
})

test('the examination as JSON', async () => {
  expect((await hq.get('/api/doctor')).json()).toEqual({})
  const { report } = (await hq.post('/api/doctor')).json()
  expect(report.finishedAt).toBeTypeOf('string')
  expect(report.results.filter(({ status }: { status: string }) => status === 'fail')).toEqual([])
  expect(report.results.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['settings', 'trusted-ip', 'sync']),
  )
  expect((await hq.get('/api/doctor')).json()).toEqual({ report })
  expect(JSON.stringify(report)).not.toContain(clinic.env.WECOM_CALLBACK_TOKEN)
})

test('WeCom’s tickets are few: more than twenty examinations an hour are refused', async () => {
  const { db } = clinic.server
  const startedAt = new Date(Date.now() - 600_000)
  const earlier = { askedBy: 'HeadOffice', startedAt, results: '[]', finishedAt: startedAt }
  await db
    .insertInto('doctorRun')
    .values(Array.from({ length: 20 }, () => earlier))
    .execute()
  expect((await hq.post('/api/doctor')).statusCode).toBe(429)
  const page = await submit(hq, '/console/doctor')
  expect([page.statusCode, page.body.includes('歇一会儿再查')]).toEqual([429, true])
})

test('an examination whose server died is not waited for', async () => {
  const { db } = clinic.server
  expect(await beginRun(db, 'HeadOffice', new Date(Date.now() - 120_000))).toBeTypeOf('number')
  expect((await hq.get('/console/doctor')).body).toContain('还没有查过')
  expect((await hq.post('/api/doctor')).json().report.finishedAt).toBeTypeOf('string')
})
