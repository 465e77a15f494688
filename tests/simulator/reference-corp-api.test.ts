import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type ReferenceCorpOptions, startReferenceCorp } from '@zhanggui/wecom-simulator/reference-corp/start.ts'
import { expect, test } from 'vitest'
import { testClock } from '../support/clock.ts'
import { repository } from '../support/repository.ts'
import { type CorpClient, createCorpClient } from './corp-client.ts'

const BATCH = 'externalcontact/batch/get_by_user'
const FOLLOWERS = 'externalcontact/get_follow_user_list'
const CUSTOMER = 'externalcontact/get'
const GROUPS = 'externalcontact/groupchat/list'
const GROUP = 'externalcontact/groupchat/get'
const TAGS = 'externalcontact/get_corp_tag_list'

const SMALL = {
  guides: 130,
  otherMembers: 3,
  customersPerGuide: 10,
  bigGuides: 1,
  customersPerBigGuide: 250,
  crowdFollowers: 5,
  groups: 12,
  largestGroup: 20,
  tags: 20,
  tagGroups: 3,
  departments: 12,
  changeShare: 0.1,
}

async function makeCorp(options: ReferenceCorpOptions = {}) {
  const running = await startReferenceCorp({ ...options, corp: { ...SMALL, ...options.corp } })
  return { running, client: await createCorpClient(running), [Symbol.asyncDispose]: running.stop }
}

/** The userids in the batches a sync asks for. */
async function batchesOf({ call }: CorpClient): Promise<string[][]> {
  const { follow_user } = await call(FOLLOWERS)
  if (!Array.isArray(follow_user)) throw new Error('no follow users')
  return Array.from({ length: Math.ceil(follow_user.length / 100) }, (_, at) =>
    follow_user.slice(at * 100, at * 100 + 100),
  )
}

async function readRelations(client: CorpClient): Promise<string[]> {
  const found: string[] = []
  for (const userid_list of await batchesOf(client)) {
    for await (const row of client.rows(BATCH, 'external_contact_list', { userid_list, limit: 100 })) {
      found.push(JSON.stringify(row))
    }
  }
  return found
}

test('a full sync reads each relation once, in as few calls as possible', async () => {
  await using corp = await makeCorp()
  const rows = await readRelations(corp.client)
  const truth = [...corp.running.corp.guides()].flatMap((guide) => [...corp.running.corp.relationsOf(guide, 0)])
  expect(rows.map((row) => JSON.parse(row))).toEqual(
    truth.map(({ contact, relation }) => ({
      external_contact: expect.objectContaining({ external_userid: contact.externalUserId, type: contact.type }),
      follow_info: expect.objectContaining({
        userid: relation.guide,
        createtime: relation.addedAt,
        remark: relation.remark,
        tag_id: relation.tagIds,
      }),
    })),
  )
  const ofFirst = [...corp.running.corp.guides()].slice(0, 100)
  const rowsOfFirst = truth.filter(({ relation }) => ofFirst.includes(relation.guide)).length
  const least = Math.ceil(rowsOfFirst / 100) + Math.ceil((truth.length - rowsOfFirst) / 100)
  const { body: calls } = await corp.client.control('/calls')
  expect(calls).toMatchObject({ [BATCH]: { calls: least, errcodes: { 0: least } }, gettoken: { calls: 1 } })
  expect((await corp.client.control('/calls', { method: 'DELETE' })).status).toBe(204)
  expect((await corp.client.control('/calls')).body).toEqual({})
})

test('the rest of the corp is read as from any WeCom', async () => {
  await using corp = await makeCorp()
  const { call, rows } = corp.client
  const { department } = await call('department/list')
  expect(department).toHaveLength(12)
  const users = new Set<string>()
  for (let id = 1; id <= 12; id++) {
    const { userlist } = await call('user/list', { query: { department_id: String(id) } })
    for (const { userid } of Array.isArray(userlist) ? userlist : []) users.add(userid)
  }
  expect(users.size).toBe(133)
  expect(await call('user/get', { query: { userid: 'g0008' } })).toMatchObject({ errcode: 0, userid: 'G0008' })
  expect(await call(TAGS, { body: {} })).toMatchObject({ tag_group: { length: 3 } })
  const groups: unknown[] = []
  for await (const group of rows(GROUPS, 'group_chat_list', { limit: 5 })) groups.push(group)
  expect(groups).toEqual([...corp.running.corp.groups()].map(({ chatId }) => ({ chat_id: chatId, status: 0 })))
  const [truth] = corp.running.corp.groups()
  expect(await call(GROUP, { body: { chat_id: truth?.chatId, need_name: 1 } })).toMatchObject({
    group_chat: { owner: truth?.owner, member_version: truth?.version, member_list: { length: 20 } },
  })
})

test('one customer has more followers than a page', async () => {
  await using corp = await makeCorp({ corp: { guides: 700, customersPerGuide: 3, crowdFollowers: 690 } })
  const [first] = corp.running.corp.relationsOf('g0001', 0)
  const external_userid = first?.contact.externalUserId ?? ''
  const page = await corp.client.call(CUSTOMER, { query: { external_userid } })
  expect(page.follow_user).toHaveLength(500)
  const last = await corp.client.call(CUSTOMER, { query: { external_userid, cursor: String(page.next_cursor) } })
  expect(last).toMatchObject({ external_contact: { external_userid } })
  expect(last).not.toHaveProperty('next_cursor')
  const followers = [page, last].flatMap(({ follow_user }) => (Array.isArray(follow_user) ? follow_user : []))
  const truth = [...corp.running.corp.guides()].filter((guide) =>
    [...corp.running.corp.relationsOf(guide, 0)].some(({ relation }) => relation.customer === external_userid),
  )
  expect(followers.map(({ userid }) => userid)).toEqual(truth)
})

test('it refuses what WeCom refuses', async () => {
  await using corp = await makeCorp({ corp: { guides: 1001, customersPerGuide: 2 } })
  const { call } = corp.client
  const batch = (fields: object) => call(BATCH, { body: fields })
  expect(await batch({ userid_list: ['g9999'] })).toMatchObject({ errcode: 40003 })
  expect(await batch({ userid_list: ['g1002'] })).toMatchObject({ errcode: 84074 })
  expect(await batch({ userid_list: ['g0001'], cursor: 'made up' })).toMatchObject({ errcode: 50100 })
  expect(await batch({ userid_list: Array(101).fill('g0001') })).toMatchObject({ errcode: 40032 })
  expect(await call('externalcontact/list', { query: { userid: 'g0040' } })).toMatchObject({ errcode: 84061 })
  expect(await call(CUSTOMER, { query: { external_userid: 'wmStranger' } })).toMatchObject({ errcode: 40096 })
  expect(await call(GROUPS, { body: { limit: 100 } })).toMatchObject({ errcode: 81017 })
  expect(await call(GROUP, { body: { chat_id: 'wrStrange' } })).toMatchObject({ errcode: 90501 })
  expect(await call(TAGS, { body: { tag_id: ['etStrange'] } })).toMatchObject({ errcode: 40068 })
  expect(await call(FOLLOWERS, { query: { access_token: 'strange' } })).toMatchObject({ errcode: 40014 })
})

test('it moves on to the next generation while it runs, and tells the truth about each', async () => {
  await using corp = await makeCorp()
  const { control } = corp.client
  const before = new Set(await readRelations(corp.client))
  const { body: state } = await control('', { body: { generation: 1 } })
  expect(state).toMatchObject({ generation: 1, changes: corp.running.corp.changes })
  const after = await readRelations(corp.client)
  const { remark, tags, ended, started } = corp.running.corp.changes
  expect(after.filter((row) => !before.has(row))).toHaveLength(remark + tags + started)
  expect([...before].filter((row) => !after.includes(row))).toHaveLength(remark + tags + ended)
  const { body: figures } = await control('/figures')
  expect(figures).toMatchObject({ generation: 1, relations: after.length, changes: corp.running.corp.changes })
  const { body: older } = await control('/figures?generation=0')
  expect(older.relationDigest).not.toBe(figures.relationDigest)
})

test('over a limit it blocks for the window, until the rules are others', async () => {
  const clock = testClock(new Date('2026-11-20T10:00:00+08:00'))
  const rules = [{ windowMs: 60_000, calls: 3 }]
  await using corp = await makeCorp({ now: clock.now, behaviour: { rules } })
  const { call, control } = corp.client
  const codes = async (times: number) => {
    const found: number[] = []
    for (let each = 0; each < times; each++) found.push((await call(FOLLOWERS)).errcode)
    return found
  }
  expect(await codes(5)).toEqual([0, 0, 0, 45009, 45009])
  expect(await call('department/list')).toMatchObject({ errcode: 0 })
  clock.advance(60_000)
  expect(await codes(4)).toEqual([0, 0, 0, 45009])
  await control('', { body: { rules: [{ windowMs: 60_000, calls: 1 }] } })
  expect(await codes(2)).toEqual([0, 45009])
  expect((await control('/calls')).body[FOLLOWERS]).toEqual({ calls: 11, errcodes: { 0: 7, 45009: 4 } })
})

test('it answers so many calls of an endpoint at once, others at will', async () => {
  await using corp = await makeCorp({ behaviour: { latencyMs: [100, 100], concurrency: { '*': 9, [FOLLOWERS]: 2 } } })
  const codes = async (path: string) => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => corp.client.call(path)))
    return answers.map(({ errcode }) => errcode).sort()
  }
  expect(await codes(FOLLOWERS)).toEqual([0, 0, 45033])
  expect(await codes('department/list')).toEqual([0, 0, 0])
})

test('it fails now and then, as often as it is told to', async () => {
  await using corp = await makeCorp()
  const { call, control } = corp.client
  await control('', { body: { failures: [{ errcode: -1, rate: 0.3 }] } })
  for (let times = 0; times < 200; times++) await call('department/simplelist')
  const { body: calls } = await control('/calls')
  const failed = calls['department/simplelist'].errcodes['-1']
  expect(failed).toBeGreaterThan(30)
  expect(failed).toBeLessThan(90)
  await control('', { body: { failures: [{ endpoint: FOLLOWERS, errcode: 45033, rate: 1 }] } })
  expect(await call(FOLLOWERS)).toMatchObject({ errcode: 45033 })
  expect(await call('department/simplelist')).toMatchObject({ errcode: 0 })
})

test('a wish it does not know is refused', async () => {
  await using corp = await makeCorp()
  for (const body of [{ generations: 1 }, { generation: -1 }, { failures: [{ errcode: -1 }] }]) {
    expect(await corp.client.control('', { body })).toMatchObject({ status: 400 })
  }
  expect(corp.running.generation).toBe(0)
})

test('ten times the corp takes no more memory', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  /** Bytes of the heap after a full sync and everything that is garbage. */
  async function heapAfterSync(guides: number): Promise<number> {
    await using corp = await makeCorp({ corp: { guides, customersPerGuide: 300, groups: guides } })
    let rows = 0
    for (const userid_list of await batchesOf(corp.client)) {
      for await (const _ of corp.client.rows(BATCH, 'external_contact_list', { userid_list, limit: 100 })) rows += 1
    }
    for (const { chatId } of corp.running.corp.groups()) await corp.client.call(GROUP, { body: { chat_id: chatId } })
    expect(rows).toBe(guides * 300)
    collect()
    return process.memoryUsage().heapUsed
  }
  await heapAfterSync(15) // loads what is loaded once
  const small = await heapAfterSync(15)
  const large = await heapAfterSync(150)
  // 40 500 more relations: were any of them kept, it would be 20 MB.
  expect(large - small).toBeLessThan(3_000_000)
})

test('it runs as a process of its own and ends when told to', async () => {
  const child = spawn(
    process.execPath,
    [
      ...['--conditions=development', '--import', 'tsx'],
      join(repository, 'tests/wecom-simulator/src/reference-corp/serve.ts'),
      ...['--guides', '20', '--customers-per-guide', '5', '--big-guides', '0', '--seed', '7', '--latency', '1'],
    ],
    { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const [line] = await once(createInterface(child.stdout), 'line')
    const client = await createCorpClient(JSON.parse(line))
    expect((await client.call(FOLLOWERS)).follow_user).toHaveLength(20)
    expect((await client.control()).body).toMatchObject({
      options: { seed: 7, guides: 20, customersPerGuide: 5, groups: 1300 },
      behaviour: { latencyMs: [1, 1] },
      memory: { rssBytes: expect.any(Number) },
    })
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
})
