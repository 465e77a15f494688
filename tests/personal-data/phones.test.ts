import { expect, test } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { testApp } from '../support/app.ts'
import { befriend, openShop, put } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

const PATH = '/api/customers/wmAnna/phone'
const because = { reason: '通知到货' }

async function shop() {
  const t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t, { guideUserId: 'LinXiao' })
  t.clock.advance(60_000)
  await befriend(t, { guideUserId: 'ChenChen' })
  await put(t, 'members', [{ memberNo: 'm1', externalUserId: 'wmAnna', phone: '13812345678' }])
  return t
}

test('the owner, the manager and HQ read the phone with a reason, and are written down', async () => {
  await using t = await shop()
  await t.db
    .updateTable('followRelation')
    .set({ phonesSealed: t.deps.cipher.seal('["13887654321"]') })
    .where('guideUserId', '=', 'ChenChen')
    .execute()
  const look = async (userId: string, body: object = because) => {
    const answer = await (await signIn(t, userId)).post(PATH, body)
    return [answer.statusCode, answer.json().code ?? answer.json()]
  }
  const shown = [200, { phone: '13812345678', noted: ['13887654321'] }]
  expect(await look('LinXiao')).toEqual(shown)
  expect(await look('ZhouMin')).toEqual(shown)
  expect(await look('HeadOffice')).toEqual(shown)
  expect(await look('ChenChen')).toEqual([403, 'phone_not_allowed'])
  expect(await look('SunNew')).toEqual([404, 'customer_not_visible'])
  expect(await look('LinXiao', {})).toEqual([400, 'validation_failed'])
  expect(await look('LinXiao', { reason: '  ' })).toEqual([400, 'validation_failed'])

  const { entries } = (await openApi(t).get('/audit?subject=wmAnna')).json()
  expect(entries.map(({ actor, action, reason }: Record<string, string>) => [actor, action, reason])).toEqual(
    ['HeadOffice', 'ZhouMin', 'LinXiao'].map((actor) => [actor, 'phone.viewed', '通知到货']),
  )
  for (const place of [t.logs.join(''), JSON.stringify(entries)]) expect(place).not.toContain('13812345678')
})

test('nobody reads many phones in an hour, however many ask at once', async () => {
  await using t = await shop()
  const lin = await signIn(t, 'LinXiao')
  const statuses = (await Promise.all(Array.from({ length: 32 }, () => lin.post(PATH, because)))).map(
    ({ statusCode }) => statusCode,
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(30)
  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  t.clock.advance(61 * 60_000)
  expect((await lin.post(PATH, because)).statusCode).toBe(200)
})

test('where no phone is known nothing is shown and nothing is written down', async () => {
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  await befriend(t)
  const answer = await (await signIn(t, 'LinXiao')).post(PATH, because)
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'phone_unknown'])
  expect(await t.db.selectFrom('auditEntry').selectAll().execute()).toEqual([])
})
