import { writeRemark } from '@zhanggui/server/customers/remark.ts'
import { judgeChange, readPhone } from '@zhanggui/server/customers/remark-rules.ts'
import type { RemarkView } from '@zhanggui/shared/remark.ts'
import { describe, expect, test } from 'vitest'
import type { Browser } from '../support/browser.ts'
import type { Story } from '../support/server.ts'
import { endPause, PAIR, signInTo, startTagStory } from './tag-story.ts'

const path = '/api/customers/wmAnna/remark'

async function withFriend() {
  const story = await startTagStory()
  return { story, by: await signInTo(story, 'LinXiao') }
}

async function read(by: Browser): Promise<RemarkView> {
  return (await by.get(path)).json()
}

function inWecom({ simulator }: Story) {
  return simulator.world.followers.get('wmAnna')?.get('LinXiao')
}

test('remark, description, company and phones go to WeCom and are on the card at once', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  expect(await read(by)).toEqual({ remark: '', description: '', company: '', phones: [] })
  const answer = await by.put(path, {
    remark: { from: '', to: ' 王姐 周末来 ' },
    description: { from: '', to: '爱银色\n送妈妈' },
    company: { from: '', to: '国金' },
    phones: { from: [], to: [{ number: '138 1234-5678' }, { number: '+852 2345 6789' }] },
  })
  expect(answer.json()).toMatchObject({
    remark: '王姐 周末来',
    description: '爱银色\n送妈妈',
    company: '国金',
    phones: [{ masked: '138****5678' }, { masked: '****6789' }],
  })
  expect(inWecom(story)).toMatchObject({
    remark: '王姐 周末来',
    company: '国金',
    phones: ['13812345678', '+85223456789'],
  })
  expect((await by.get('/api/customers/wmAnna')).json().relation).toMatchObject({
    remark: '王姐 周末来',
    company: '国金',
    phones: ['138****5678', '****6789'],
  })
  expect(await read(by)).toEqual(answer.json())
  const { rows } = await story.server.deps.pool.query('select follow_relation::text as row from follow_relation')
  expect(String(rows[0]?.row)).not.toContain('12345678')
  expect(story.server.logs.join('')).not.toMatch(/12345678|王姐/)
})

test('one phone is dropped, one kept unseen, one added; none left clears them', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  await (await story.simulator.editRemark({ ...PAIR, phones: ['13811112222', '13833334444'] })).delivered
  await story.settled()
  const [first, second] = (await read(by)).phones
  const from = [first?.key, second?.key]
  const { phones } = (
    await by.put(path, { phones: { from, to: [{ key: second?.key }, { number: '13855556666' }] } })
  ).json<RemarkView>()
  expect(inWecom(story)?.phones).toEqual(['13833334444', '13855556666'])
  await by.put(path, { phones: { from: phones.map(({ key }) => key), to: [] } })
  expect(inWecom(story)?.phones).toEqual([])
  expect(story.simulator.calls.of('externalcontact/remark').at(-1)?.body).toMatchObject({ remark_mobiles: [''] })
  expect((await read(by)).phones).toEqual([])
})

test('what was changed in WeCom meanwhile wins, and the guide is told', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  story.simulator.setDelivery({ drop: 1 })
  await story.simulator.editRemark({ ...PAIR, remark: '王姐' })
  const refused = await by.put(path, { remark: { from: '', to: '安娜' } })
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ code: 'remark_changed' })
  expect(story.simulator.calls.count('externalcontact/remark')).toBe(0)
  expect((await read(by)).remark).toBe('王姐')
  expect((await by.put(path, { remark: { from: '王姐', to: '安娜' } })).statusCode).toBe(200)
  expect(inWecom(story)?.remark).toBe('安娜')
})

test('a change of something else in WeCom stands in nobody’s way', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  story.simulator.setDelivery({ drop: 1 })
  await story.simulator.editRemark({ ...PAIR, description: '爱银色' })
  expect((await by.put(path, { remark: { from: '', to: '安娜' } })).json()).toMatchObject({
    remark: '安娜',
    description: '爱银色',
  })
  expect(inWecom(story)).toMatchObject({ remark: '安娜', description: '爱银色' })
})

test('the same again says nothing to WeCom', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  const change = { remark: { from: '', to: '安娜' } }
  await by.put(path, change)
  expect((await by.put(path, change)).statusCode).toBe(200)
  expect(story.simulator.calls.count('externalcontact/remark')).toBe(1)
})

test.for([
  { remark: { from: '', to: '长'.repeat(21) } },
  { description: { from: '', to: '长'.repeat(151) } },
  { company: { from: '', to: '长'.repeat(21) } },
  { phones: { from: [], to: [{ number: '电话' }] } },
])('what WeCom would not take is refused before it is asked: %j', async (change) => {
  const { story, by } = await withFriend()
  await using _ = story
  const asked = story.simulator.calls.all.length
  const answer = await by.put(path, change)
  expect(answer.json()).toMatchObject({ code: 'validation_failed', errors: [{}] })
  expect(story.simulator.calls.all.length).toBe(asked)
  expect((await by.put(path, { remark: { from: '', to: '👗'.repeat(20) } })).statusCode).toBe(200)
})

test('WeCom’s refusal is said in a guide’s words; its silence is a failure to try again', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  const change = { remark: { from: '', to: '安娜' } }
  story.simulator.failNext('externalcontact/remark', 84061)
  expect((await by.put(path, change)).json()).toMatchObject({
    code: 'write_refused',
    detail: '你和 TA 已经不是好友了',
  })
  story.simulator.setNetwork('down')
  expect((await by.put(path, change)).statusCode).toBeGreaterThanOrEqual(502)
  story.simulator.setNetwork('normal')
  expect((await by.put(path, change)).statusCode).toBe(200)
})

test('killed between WeCom’s yes and our row, the remark is read back', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  const { deps } = story.server
  const dying: typeof deps = {
    ...deps,
    wecom: {
      ...deps.wecom,
      call: async (endpoint, params, options) => {
        const answer = await deps.wecom.call(endpoint, params, options)
        if (endpoint === 'externalcontact/remark') throw new Error('the power went')
        return answer
      },
    },
  }
  await expect(writeRemark(dying, 'LinXiao', 'wmAnna', { remark: { from: '', to: '安娜' } })).rejects.toThrow('power')
  expect(inWecom(story)?.remark).toBe('安娜')
  expect((await read(by)).remark).toBe('')
  await endPause(story, 'reread_customer')
  expect((await read(by)).remark).toBe('安娜')
})

test('company is for WeChat users; remarks are for friends only', async () => {
  const { story, by } = await withFriend()
  await using _ = story
  await story.db.updateTable('customer').set({ type: 2 }).execute()
  expect((await read(by)).company).toBeUndefined()
  expect((await by.put(path, { company: { from: '', to: '国金' } })).json()).toMatchObject({
    code: 'validation_failed',
  })
  const stranger = await signInTo(story, 'ZhouMin')
  expect((await stranger.get(path)).statusCode).toBe(404)
  expect((await stranger.put(path, {})).statusCode).toBe(404)
})

describe('a change is judged field by field', () => {
  const now = { remark: '王姐', description: '', company: '', phones: ['1', '2'] }
  const keyOf = (phone: string) => `k${phone}`

  test.for([
    [{ remark: { from: '安娜', to: '娜娜' } }, true],
    [{ remark: { from: '安娜', to: '王姐' } }, false],
    [{ remark: { from: '王姐', to: '娜娜' } }, false],
    [{ phones: { from: ['k1'], to: [{ key: 'k1' }] } }, true],
    [{ phones: { from: ['k1', 'k3'], to: [{ key: 'k3' }] } }, true],
    [{ phones: { from: ['k1', 'k2'], to: [{ key: 'k2' }] } }, false],
    [{ phones: { from: ['k9'], to: [{ key: 'k1' }, { key: 'k2' }] } }, false],
  ] as const)('%j', ([change, isConflict]) => {
    const copy = JSON.parse(JSON.stringify(change))
    expect(judgeChange(now, copy, keyOf).isConflict).toBe(isConflict)
  })
})

test.for([
  ['138 1234 5678', '13812345678'],
  ['021-6123-4567', '02161234567'],
  ['+86 138-1234-5678', '+8613812345678'],
  ['13812345678', '13812345678'],
  ['1234', undefined],
  ['打给妈妈', undefined],
] as const)('%s is read as %s', ([text, phone]) => {
  expect(readPhone(text)).toBe(phone)
})
