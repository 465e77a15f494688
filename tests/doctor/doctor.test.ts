import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { type Clinic, openClinic } from './clinic.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic[Symbol.asyncDispose]())
afterEach(() => {
  const { simulator, proxy } = clinic
  simulator.setTrustedIp(true)
  simulator.setCustomerContact(true)
  simulator.setClockSkew(0)
  simulator.setNetwork('normal')
  for (const endpoint of ENDPOINTS) simulator.refuse(endpoint, 0)
  proxy.behaviour = undefined
})

const ENDPOINTS = [
  'gettoken',
  'agent/get',
  'department/simplelist',
  'externalcontact/get_follow_user_list',
  'ticket/get',
  'get_jsapi_ticket',
  'media/upload',
]

test('a system that is well has nothing to mend', async () => {
  const examined = await clinic.examine()
  expect(examined.ids('fail')).toEqual([])
  expect(examined.ids('warn')).toEqual(['sync'])
  expect(examined.ids('skipped')).toEqual(['server'])
  expect(examined.of('worker').found).toBe('1 个在运行')
})

describe('settings', () => {
  test('every bad one is named with its source, and nothing else is looked at', async () => {
    const examined = await clinic.examine({ PORT: 'eighty', WECOM_CORP_ID: '', SESSION_SECRET: 'short' })
    expect(examined.ids('fail')).toEqual(['settings'])
    const { found, fix = [] } = examined.of('settings')
    expect(found).toBe('3 项不对')
    expect(fix).toEqual([
      expect.stringMatching(/^PORT:/),
      expect.stringMatching(/^SESSION_SECRET:.*openssl rand/),
      expect.stringMatching(/^WECOM_CORP_ID:.*我的企业 → 企业信息/),
    ])
    expect(examined.of('callback')).toMatchObject({ status: 'skipped', found: '要先解决“环境设置”' })
  })

  test.for([
    ['own-secrets', 'fail', { DATA_KEY: Buffer.alloc(32).toString('base64') }, 'DATA_KEY'],
    ['own-secrets', 'fail', { SESSION_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789' }, 'SESSION_SECRET'],
    ['own-secrets', 'fail', { SESSION_SECRET: 'secret-'.repeat(6) }, 'SESSION_SECRET'],
    ['callback-keys', 'fail', { WECOM_CALLBACK_TOKEN: 'token' }, 'WECOM_CALLBACK_TOKEN'],
    ['callback-keys', 'fail', { WECOM_CONTACTS_AES_KEY: 'k'.repeat(43) }, 'WECOM_CONTACTS_AES_KEY'],
    ['open-api-keys', 'fail', { OPEN_API_KEYS: 'till:0123456789012345' }, 'till'],
    ['open-api-keys', 'fail', { OPEN_API_KEYS: 'till:hqGmVbpD8kWz3xTn,crm:hqGmVbpD8kWz3xTn' }, '同一把'],
    ['open-api-keys', 'warn', { OPEN_API_KEYS: 'till:a3f1c09d57e2b846' }, 'till'],
    ['open-api-keys', 'warn', { OPEN_API_KEYS: '' }, '一把也没有'],
  ] as const)('%s: %s', async ([id, status, env, word]) => {
    const result = (await clinic.examine(env)).of(id)
    expect([result.status, result.fix?.length]).toEqual([status, 1])
    expect(result.found).toContain(word)
  })
})

describe('database', () => {
  const broken = (change: (url: URL) => void) => {
    const url = new URL(clinic.env.DATABASE_URL ?? '')
    change(url)
    return clinic.examine({ DATABASE_URL: url.href })
  }

  test('a wrong password, a missing database and a dead port are told apart', async () => {
    const password = await broken((url) => {
      url.password = 'not-the-password'
    })
    expect(password.of('database')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('用户名或密码不对'),
    })
    expect(password.text).not.toContain('not-the-password')
    expect(password.ids('skipped')).toEqual(expect.arrayContaining(['migrations', 'worker', 'sync']))

    const missing = await broken((url) => {
      url.pathname = '/nothing_here'
    })
    expect(missing.of('database').found).toContain('没有这个库')
    const port = String(await freePort())
    const dead = await broken((url) => {
      url.port = port
    })
    expect(dead.of('database').found).toContain('没有数据库在应答')
    // WeCom is looked at all the same.
    expect(dead.of('customer-contact').status).toBe('ok')
  })

  test('a database before or after this release', async () => {
    await using database = await createTestDatabase()
    const { pool } = clinic.server.deps
    await pool.query(`insert into schema_migration (name) values ('9999_future.sql')`)
    const newer = await clinic.examine()
    await pool.query(`delete from schema_migration where name = '9999_future.sql'`)
    expect(newer.of('migrations')).toMatchObject({ status: 'fail', found: expect.stringContaining('9999_future.sql') })
    expect(newer.of('worker').status).toBe('skipped')

    const client = new pg.Client(database.url)
    await client.connect()
    await client.query('drop table schema_migration')
    await client.end()
    const empty = await clinic.examine({ DATABASE_URL: database.url })
    expect(empty.of('migrations')).toMatchObject({ status: 'fail', fix: [expect.stringContaining('npm start')] })
  })
})

describe('WeCom', () => {
  test('nobody at the address, and somebody who is not WeCom', async () => {
    const dead = await clinic.examine({ WECOM_API_URL: `http://127.0.0.1:${await freePort()}` })
    expect(dead.of('wecom-api')).toMatchObject({ status: 'fail', found: expect.stringContaining('连接不上') })
    expect(dead.of('token')).toMatchObject({ status: 'skipped', found: '要先解决“接口连得上”' })

    clinic.proxy.behaviour = (_, response) => response.end('<html>别的网站</html>')
    const other = await clinic.examine({ WECOM_API_URL: clinic.proxy.url })
    expect(other.of('wecom-api').found).toContain('不是企业微信')

    clinic.simulator.setNetwork('down')
    expect((await clinic.examine()).of('wecom-api').status).toBe('fail')
  })

  test.for([
    [90_000, 'fail', /^本机慢了 (8[5-9]|9[0-5]) 秒$/],
    [-90_000, 'fail', /^本机快了 (8[5-9]|9[0-5]) 秒$/],
    [20_000, 'warn', /^本机慢了 (1[5-9]|2[0-5]) 秒$/],
  ] as const)('a clock that is off by %i ms', async ([skew, status, found]) => {
    clinic.simulator.setClockSkew(skew)
    const result = (await clinic.examine()).of('clock')
    expect(result.status).toBe(status)
    expect(result.found).toMatch(found)
  })

  test.for([
    ['token', { WECOM_AGENT_SECRET: 'somebody-elses-secret' }, '40001', 'Secret'],
    ['token', { WECOM_CORP_ID: 'wwffffffffffffffff' }, '40013', '我的企业 → 企业信息'],
    ['agent', { WECOM_AGENT_ID: '1000099' }, '301002', 'AgentId'],
    ['hq-users', { HQ_USER_IDS: 'HeadOffice,Nobody' }, 'Nobody', '通讯录'],
    ['oauth-domain', { PUBLIC_URL: 'https://other.invalid' }, 'other.invalid', '网页授权及JS-SDK'],
  ] as const)('%s with %o', async ([id, env, found, fix]) => {
    const result = (await clinic.examine(env)).of(id)
    expect(result.status).toBe('fail')
    expect(result.found).toContain(found)
    expect(result.fix?.join()).toContain(fix)
  })

  test('an address that is not trusted is named, and what depends on it is left out', async () => {
    clinic.simulator.setTrustedIp(false)
    const examined = await clinic.examine()
    expect(examined.ids('fail')).toEqual(['trusted-ip'])
    expect(examined.of('trusted-ip')).toMatchObject({
      found: expect.stringContaining('127.0.0.1'),
      fix: [expect.stringMatching(/企业可信IP,加上 127\.0\.0\.1/)],
    })
    expect(examined.of('media')).toMatchObject({ status: 'skipped', found: '要先解决“企业可信IP”' })
    expect(examined.of('callback').status).toBe('ok')
  })

  test('no permission for customers', async () => {
    clinic.simulator.setCustomerContact(false)
    const examined = await clinic.examine()
    expect(examined.ids('fail')).toEqual(['customer-contact'])
    expect(examined.of('customer-contact')).toMatchObject({
      found: expect.stringContaining('48002'),
      fix: [expect.stringContaining('客户与上下游 → 客户联系 → 客户 → API → 可调用接口的应用')],
    })
  })

  test.for([
    ['agent/get', 50003, ['agent'], '启用'],
    ['department/simplelist', 48002, ['visible-range'], '可调用接口的应用'],
    ['externalcontact/get_follow_user_list', 48011, ['customer-contact'], '活跃'],
    ['ticket/get', 42012, ['ticket-agent'], '同一个应用'],
    ['get_jsapi_ticket', 45009, ['ticket-corp'], '等'],
    ['media/upload', 60031, ['media'], '启用'],
    ['media/upload', 99999, ['media'], 'e=99999'],
  ] as const)('%s refused with %i', async ([endpoint, errcode, ids, fix]) => {
    clinic.simulator.refuse(endpoint, errcode)
    const examined = await clinic.examine()
    expect(examined.ids('fail')).toEqual(ids)
    const { found, fix: steps } = examined.of(ids[0])
    expect(found).toContain(String(errcode))
    expect(steps?.join()).toContain(fix)
  })

  test('nobody in the visible range, nobody who may have customers', async () => {
    const { members } = clinic.simulator.world
    const before = [...members.values()].map((member) => ({ member, ...member }))
    for (const member of members.values()) Object.assign(member, { configured: false, follows: false })
    const nobodyFollows = await clinic.examine()
    for (const member of members.values()) Object.assign(member, { visible: false })
    const nobody = await clinic.examine()
    for (const { member, configured, follows, visible } of before)
      Object.assign(member, { configured, follows, visible })
    expect(nobodyFollows.of('follow-users')).toMatchObject({ status: 'fail', found: '一个也没有' })
    expect(nobody.of('visible-range')).toMatchObject({ status: 'fail', fix: [expect.stringContaining('可见范围')] })
  })

  test('nobody to tell is worth a word', async () => {
    expect((await clinic.examine({ HQ_USER_IDS: '' })).of('hq-users').status).toBe('warn')
  })
})

describe('the public address', () => {
  const callbackWith = async (env: NodeJS.ProcessEnv) => (await clinic.examine(env)).of('callback')

  test('DNS, TLS and a closed port are told apart', async () => {
    expect((await callbackWith({ PUBLIC_URL: 'https://zhanggui.invalid' })).found).toBe('zhanggui.invalid:域名解析不到')
    expect((await callbackWith({ PUBLIC_URL: `https://${clinic.proxy.host}` })).found).toContain('https 不通')
    expect((await callbackWith({ PUBLIC_URL: `http://127.0.0.1:${await freePort()}` })).found).toContain('连接不上')
  })

  test.for([
    ['a dead server behind it', 502, {}, 'upstream'],
    ['a redirect', 301, { location: 'https://www.example.com/' }, '不能有跳转'],
    ['another site', 404, {}, '原样转给掌柜'],
    ['a wall', 403, {}, 'WAF'],
    ['a page for everything', 200, {}, '别的网站'],
  ] as const)('a proxy with %s', async ([, status, headers, fix]) => {
    clinic.proxy.behaviour = (_, response) => response.writeHead(status, headers).end('<html></html>')
    const examined = await clinic.examine()
    expect(examined.of('callback').status).toBe('fail')
    expect(examined.of('callback').fix?.join()).toContain(fix)
    expect(examined.of('domain-proof').status).toBe('fail')
    expect(examined.of('callback-post')).toMatchObject({ status: 'skipped', found: '要先解决“回调验证”' })
  })

  test('a proxy that lets nobody post, and one that empties what is posted', async () => {
    clinic.proxy.behaviour = (request, response, pass) =>
      request.method === 'POST' ? response.writeHead(405).end() : pass()
    const walled = await clinic.examine()
    expect(walled.ids('fail')).toEqual(['callback-post'])
    expect(walled.of('callback-post').found).toContain('405')

    clinic.proxy.behaviour = (request, response, pass) => {
      if (request.method !== 'POST') return pass()
      return fetch(clinic.proxy.target + request.url, { method: 'POST', body: '<xml></xml>' }).then(async (answer) =>
        response
          .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
          .end(await answer.text()),
      )
    }
    expect((await clinic.examine()).of('callback-post').found).toContain('内容被改过')
  })

  test('a proxy that decodes the address turns + into blanks', async () => {
    clinic.proxy.behaviour = (request, _, pass) => {
      request.url = request.url?.replaceAll(/%2B/g, '+')
      return pass()
    }
    expect((await callbackWith({})).fix?.join()).toContain('+ 号')
  })

  test('a server that runs on other keys than these', async () => {
    const token = await callbackWith({ WECOM_CALLBACK_TOKEN: 'a1b2c3d4e5f60718293a4b5c6d7e8f90' })
    expect(token).toMatchObject({ status: 'fail', found: expect.stringContaining('另一套 Token') })
    const key = await callbackWith({ WECOM_CALLBACK_AES_KEY: 'Zm9vYmFyMDEyMzQ1Njc4OWFiY2RlZkdISUpLTE1OT1A' })
    expect(key).toMatchObject({ status: 'fail', found: expect.stringContaining('另一套 EncodingAESKey') })
    const corp = await callbackWith({ WECOM_CORP_ID: 'wwffffffffffffffff' })
    expect(corp).toMatchObject({ status: 'fail', found: expect.stringContaining('另一个企业 ID') })
  })

  test('the probe of the callback leaves nothing behind', async () => {
    const { db } = clinic.server
    const count = () =>
      db
        .selectFrom('callbackInbox')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirst()
    const before = await count()
    expect((await clinic.examine()).of('callback-post').status).toBe('ok')
    expect(await count()).toEqual(before)
  })

  test('the domain proof: another name, other content, none', async () => {
    const proof = async (WW_VERIFY: string) => (await clinic.examine({ WW_VERIFY })).of('domain-proof')
    expect((await proof('Other123:proof-content')).found).toContain('404')
    expect((await proof('AbCd1234:something-else')).found).toContain('内容不对')
    expect((await proof('')).status).toBe('skipped')
  })

  test('the contacts assistant is looked at where it is set up', async () => {
    const without = await clinic.examine({ WECOM_CONTACTS_TOKEN: '', WECOM_CONTACTS_AES_KEY: '' })
    expect(without.of('contacts-callback').status).toBe('skipped')
    const wrong = await clinic.examine({ WECOM_CONTACTS_TOKEN: 'a1b2c3d4e5f60718293a4b5c6d7e8f90' })
    expect(wrong.of('contacts-callback').fix?.join()).toContain('通讯录同步')
  })
})

describe('background work', () => {
  test('jobs that wait, jobs that failed, a mirror that is old', async () => {
    const { pool } = clinic.server.deps
    const failed = `insert into failed_job (task, payload, outcome, reason, attempts, failed_at) values ('start_follow', '{}', 'final', 'x', 1, now())`
    await pool.query(
      `select graphile_worker.add_job('a_task_of_another_release', run_at := now() - interval '10 minutes')`,
    )
    await pool.query(failed)
    await pool.query(
      `insert into sync_run (parts, started_by, state, started_at, active_at, finished_at)
       values ('{guides,tags,customers,groups}', 'nightly', 'complete', now() - interval '3 days', now() - interval '3 days', now() - interval '3 days')`,
    )
    const examined = await clinic.examine()
    await pool.query(
      `select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where task_identifier = 'a_task_of_another_release'))`,
    )
    await pool.query('delete from failed_job')
    await pool.query('update sync_run set finished_at = now()')
    expect(examined.of('job-lag')).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(/^1 个在等,最久 60\d 秒$/),
    })
    expect(examined.of('failed-jobs')).toMatchObject({ status: 'warn', found: '1 个(一天内 1 个):start_follow 1' })
    expect(examined.of('sync')).toMatchObject({
      status: 'warn',
      found: expect.stringMatching(/^导购、标签、客户、客户群只同步到/),
    })
    expect((await clinic.examine()).of('sync').status).toBe('ok')
  })

  test('with the server stopped: no worker, and the proxy has nobody behind it', async () => {
    await using stopped = await openClinic()
    await stopped.server.stop()
    const examined = await stopped.examine()
    expect(examined.of('worker')).toMatchObject({ status: 'fail', fix: [expect.stringContaining('npm start')] })
    expect(examined.of('callback').fix?.join()).toContain('npm start')
    expect(examined.ids('fail')).toEqual(['callback', 'contacts-callback', 'domain-proof', 'worker'])
  })
})

test('whatever is wrong, no secret is shown', async () => {
  const { simulator, env, proxy } = clinic
  proxy.behaviour = (request, response) => response.writeHead(500).end(`you asked ${request.url}`)
  simulator.refuse('media/upload', -1)
  const examined = await clinic.examine({
    HQ_USER_IDS: 'Nobody',
    DATABASE_URL: 'postgres://me:hunter2hunter2@127.0.0.1:1/db',
  })
  for (const name of [
    'SESSION_SECRET',
    'DATA_KEY',
    'WECOM_AGENT_SECRET',
    'WECOM_CALLBACK_TOKEN',
    'WECOM_CALLBACK_AES_KEY',
  ])
    expect(examined.text).not.toContain(env[name])
  expect(examined.text).not.toContain('hunter2')
})
