import { chooseRule, type LineFacts, type RuleVersion, rulesAt } from '@zhanggui/server/commission/choose-rule.ts'
import { expect, test } from 'vitest'

const rule = (ruleId: string, over: Partial<RuleVersion> = {}): RuleVersion => ({
  ruleId,
  version: 1,
  credit: 'sales',
  rate: 100,
  effectiveFrom: new Date('2026-01-01T00:00:00+08:00'),
  effectiveTo: null,
  productId: null,
  category: null,
  brand: null,
  channel: null,
  ownership: null,
  ...over,
})

const line: LineFacts = {
  productId: 'swan',
  category: '项链',
  brand: '星河',
  channel: 'mall',
  ownership: 'joint_venture',
}

const general = rule('general')
const ownership = rule('ownership', { ownership: 'joint_venture' })
const channel = rule('channel', { channel: 'mall' })
const brand = rule('brand', { brand: '星河' })
const category = rule('category', { category: '项链' })
const product = rule('product', { productId: 'swan' })

test.for<[says: string, rules: RuleVersion[], chosen: string | undefined]>([
  ['no rule at all', [], undefined],
  ['a rule for everything', [general], 'general'],
  ['ownership before everything', [general, ownership], 'ownership'],
  ['channel before ownership', [channel, ownership], 'channel'],
  [
    'brand before channel and ownership together',
    [rule('both', { ...channel, ruleId: 'both', ownership: 'joint_venture' }), brand],
    'brand',
  ],
  ['category before brand', [brand, category], 'category'],
  ['the product before all else', [category, brand, channel, product, ownership, general], 'product'],
  [
    'of two for a brand the one that also asks for the channel',
    [brand, rule('more', { brand: '星河', channel: 'mall' })],
    'more',
  ],
  ['a rule that asks for something else does not fit', [rule('other', { productId: 'ring' }), general], 'general'],
  ['all conditions must hold', [rule('half', { brand: '星河', channel: 'store' }), ownership], 'ownership'],
  [
    'the other credit’s rule is not meant',
    [rule('service', { credit: 'service', productId: 'swan' }), general],
    'general',
  ],
  [
    'of equally specific ones the later begun',
    [brand, rule('newer', { brand: '星河', effectiveFrom: new Date('2026-02-01T00:00:00+08:00') })],
    'newer',
  ],
  ['then the first by its id', [rule('b', { brand: '星河' }), rule('a', { brand: '星河' })], 'a'],
])('%s', ([, rules, chosen]) => {
  expect(chooseRule(rules, 'sales', line)?.ruleId).toBe(chosen)
  expect(chooseRule(rules.toReversed(), 'sales', line)?.ruleId).toBe(chosen)
})

test('what is not known fits no rule that asks for it', () => {
  const unknown = { ...line, brand: null, category: null, ownership: null }
  expect(chooseRule([brand, category, ownership], 'sales', unknown)).toBeUndefined()
})

const at = (day: string) => new Date(`${day}T12:00:00+08:00`)
test.for<[says: string, rules: RuleVersion[], day: string, versions: number[]]>([
  ['before it begins a rule does not stand', [rule('r')], '2025-12-31', []],
  [
    'a version replaces the one before from its own beginning',
    [rule('r'), rule('r', { version: 2, effectiveFrom: at('2026-03-01') })],
    '2026-02-28',
    [1],
  ],
  ['from then on', [rule('r'), rule('r', { version: 2, effectiveFrom: at('2026-03-01') })], '2026-03-01', [2]],
  [
    'also when it begins earlier than the one before',
    [rule('r', { effectiveFrom: at('2026-03-01') }), rule('r', { version: 2 })],
    '2026-03-05',
    [2],
  ],
  ['a rule that is over stands no more', [rule('r', { effectiveTo: at('2026-02-01') })], '2026-02-01', []],
  [
    'a version that is over does not bring back the one before',
    [rule('r'), rule('r', { version: 2, effectiveTo: at('2026-02-01') })],
    '2026-02-02',
    [],
  ],
])('%s', ([, rules, day, versions]) => {
  expect(rulesAt(rules, at(day)).map(({ version }) => version)).toEqual(versions)
})
