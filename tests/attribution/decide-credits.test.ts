import { decideCredits, type Evidence, isWithinWindow } from '@zhanggui/server/attribution/decide-credits.ts'
import { expect, test } from 'vitest'

const nobody: Evidence = {
  channel: 'store',
  ownerGuideId: null,
  sharerGuideId: null,
  tillSalesGuideId: null,
  tillServiceGuideId: null,
  redeemerGuideId: null,
}
const everybody: Evidence = {
  channel: 'store',
  ownerGuideId: 'Owner',
  sharerGuideId: 'Sharer',
  tillSalesGuideId: 'Till',
  tillServiceGuideId: 'Server',
  redeemerGuideId: 'Redeemer',
}

test.for<[says: string, evidence: Partial<Evidence>, ownerFirst: string, sharerFirst: string]>([
  ['nobody is known', {}, 'nobody', 'nobody'],
  ['the till names a guide', { tillSalesGuideId: 'Till' }, 'till Till', 'till Till'],
  ['the till and everybody else', { ...everybody }, 'till Till', 'till Till'],
  ['the customer has an owner', { ownerGuideId: 'Owner' }, 'owner Owner', 'owner Owner'],
  ['a link brought a stranger', { sharerGuideId: 'Sharer' }, 'sharer Sharer', 'sharer Sharer'],
  [
    'another guide’s link brought the order',
    { ownerGuideId: 'Owner', sharerGuideId: 'Sharer' },
    'owner Owner',
    'sharer Sharer',
  ],
  [
    'a link shared into a group',
    { channel: 'group', ownerGuideId: 'Owner', sharerGuideId: 'Sharer' },
    'owner Owner',
    'owner Owner',
  ],
  [
    'a link shown in a live session',
    { channel: 'live', ownerGuideId: 'Owner', sharerGuideId: 'Sharer' },
    'owner Owner',
    'owner Owner',
  ],
  ['a stranger buys in a group', { channel: 'group', sharerGuideId: 'Sharer' }, 'nobody', 'nobody'],
  [
    'the till names who sold in a group',
    { channel: 'group', ownerGuideId: 'Owner', tillSalesGuideId: 'Till' },
    'till Till',
    'till Till',
  ],
  ['who serves has not sold', { tillServiceGuideId: 'Server', redeemerGuideId: 'Redeemer' }, 'nobody', 'nobody'],
])('who is credited for the sale: %s', ([, evidence, ownerFirst, sharerFirst]) => {
  const told = (rule: 'owner_first' | 'sharer_first') => {
    const { salesGuideId, salesWhy } = decideCredits({ ...nobody, ...evidence }, rule)
    return [salesWhy, ...(salesGuideId === null ? [] : [salesGuideId])].join(' ')
  }
  expect([told('owner_first'), told('sharer_first')]).toEqual([ownerFirst, sharerFirst])
})

test.for<[says: string, evidence: Partial<Evidence>, service: string | null, why: string]>([
  ['nobody served', {}, null, 'nobody'],
  ['the till says who handed the goods over', { tillServiceGuideId: 'Server' }, 'Server', 'till'],
  ['a coupon was redeemed at the counter', { redeemerGuideId: 'Redeemer' }, 'Redeemer', 'redeemer'],
  ['the till knows better than the coupon', { ...everybody }, 'Server', 'till'],
  ['an owner alone has not served', { ownerGuideId: 'Owner', tillSalesGuideId: 'Till' }, null, 'nobody'],
  ['one guide may do both', { tillSalesGuideId: 'Till', tillServiceGuideId: 'Till' }, 'Till', 'till'],
])('who is credited for the service: %s', ([, evidence, service, why]) => {
  expect(decideCredits({ ...nobody, ...evidence }, 'owner_first')).toMatchObject({
    serviceGuideId: service,
    serviceWhy: why,
  })
})

const sharedAt = new Date('2026-09-01T10:00:00+08:00')
test.for<[placedAt: string, within: boolean]>([
  ['2026-09-01T10:00:00+08:00', true],
  ['2026-09-08T10:00:00+08:00', true],
  ['2026-09-08T10:00:01+08:00', false],
  ['2026-09-01T09:58:00+08:00', true], // by the till's clock
])('a share counts for seven days: %s', ([placedAt, within]) => {
  expect(isWithinWindow(sharedAt, new Date(placedAt), 7)).toBe(within)
})
