import { expect, test } from 'vitest'
import { type CallbackReceiver, callbackReceiver, fieldsOf } from './callback-receiver.ts'
import { connected } from './make-simulator.ts'

const names = Array.from({ length: 40 }, (_, index) => `备注${index}`)

function tagIdsOf(receiver: CallbackReceiver): string[] {
  return receiver.received.map((each) => String(fieldsOf(each).Id))
}

async function tellAll(settings: { drop?: number; repeat?: number; reorder?: boolean; seed?: number }) {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator } = wecom
  simulator.setDelivery(settings)
  for (const name of names) {
    const { delivered } = await simulator.createTag({ groupId: 'etLevel', name })
    // What is held back is delivered with flush, so it cannot be waited for here.
    if (!settings.reorder) await delivered
  }
  const flushed = await simulator.flush()
  await simulator.waitFor(
    () =>
      receiver.received.length === names.length - simulator.lostCallbacks.dropped + simulator.lostCallbacks.repeated,
  )
  const sent = [...simulator.world.tags.keys()].slice(1)
  return { sent, received: tagIdsOf(receiver), counts: simulator.lostCallbacks, flushed }
}

test('some callbacks never come, and the same ones for the same seed', async () => {
  const { sent, received, counts } = await tellAll({ drop: 0.5, seed: 7 })
  expect(counts.dropped).toBeGreaterThan(5)
  expect(counts.dropped).toBeLessThan(35)
  expect(sent.filter((id) => received.includes(id))).toEqual(received)
  expect((await tellAll({ drop: 0.5, seed: 7 })).received).toEqual(received)
  expect((await tellAll({ drop: 0.5, seed: 8 })).received).not.toEqual(received)
})

test('some come twice', async () => {
  const { sent, received, counts } = await tellAll({ repeat: 0.5, seed: 3 })
  expect(counts.repeated).toBeGreaterThan(5)
  expect([...new Set(received)].sort()).toEqual([...sent].sort())
})

test('they come late and in another order, and all of them after a flush', async () => {
  const { sent, received, counts, flushed } = await tellAll({ reorder: true, seed: 5 })
  expect(counts.held).toBe(0)
  expect(flushed.length).toBeGreaterThan(0)
  expect(received).not.toEqual(sent)
  expect([...received].sort()).toEqual([...sent].sort())
})

test('a late callback carries the time of its change; afterwards all is in order again', async () => {
  await using receiver = await callbackReceiver()
  await using wecom = await connected(receiver)
  const { simulator, clock } = wecom
  simulator.setDelivery({ reorder: true, seed: 1 })
  for (const remark of names) await simulator.editRemark({ guide: 'LinXiao', customer: 'wmAnna', remark })
  const changedAt = clock.now().getTime() / 1000
  const { held } = simulator.lostCallbacks
  expect(held).toBeGreaterThan(0)
  clock.advance(60_000)
  expect(await simulator.flush()).toHaveLength(held)
  await simulator.waitFor(() => receiver.received.length === names.length)
  for (const { xml } of receiver.received) expect(xml).toContain(`<CreateTime>${changedAt}</CreateTime>`)
  simulator.setDelivery(undefined)
  await (await simulator.editRemark({ guide: 'LinXiao', customer: 'wmAnna', remark: '安娜' })).delivered
  expect(receiver.received).toHaveLength(names.length + 1)
})
