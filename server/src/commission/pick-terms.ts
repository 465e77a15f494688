import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { Channel } from '@zhanggui/shared/order.ts'
import { chooseRule, type LineFacts, type RuleVersion, rulesAt } from './choose-rule.ts'
import type { CommissionTermsTable, Pick } from './commission.table.ts'

/** Which rules an order was promised. */
export type Terms = Omit<CommissionTermsTable, 'picks'> & { picks: Pick[] }

export interface Product {
  productId: string
  /** False: nobody has described it yet. */
  isKnown: boolean
  brand: string | null
  category: string | null
}

/** An order as far as rules ask about it. */
export interface TermsOrder {
  orderId: string
  placedAt: Date
  channel: Channel
  storeId: string | null
  /** Null: there is no store, or nobody has described it yet. */
  store: { ownership: LineFacts['ownership']; brand: string | null } | null
  products: readonly Product[]
  /** Credits that a guide has. */
  credits: readonly Credit[]
}

const credits: readonly Credit[] = ['sales', 'service']

export function creditsOf(guides: { salesGuideId: string | null; serviceGuideId: string | null }): Credit[] {
  return credits.filter((credit) => guides[`${credit}GuideId`] !== null)
}

/** A version once published is never changed, so that each pick has its rate. */
export function withRates(picks: readonly Pick[], rules: readonly RuleVersion[]): (Pick & { rate: number })[] {
  const rates = new Map(rules.map(({ ruleId, version, rate }) => [`${version} ${ruleId}`, rate]))
  return picks.map((pick) => {
    const rate = rates.get(`${pick.version} ${pick.ruleId}`)
    if (rate === undefined) throw new Error(`commission rule ${pick.ruleId} has no version ${pick.version}`)
    return { ...pick, rate }
  })
}

/**
 * The terms that follow `last`; undefined: nothing is different. A product's rule is picked from those that stood when
 * the order was placed, and then stays, whatever rules are published later. It is picked again only while the product
 * or the store was not known, where no rule fitted, and when the till moves the order to another time, channel or store.
 */
export function pickTerms(
  order: TermsOrder,
  last: Terms | undefined,
  rules: readonly RuleVersion[],
  windowDays: number,
  now: Date,
): Terms | undefined {
  const { orderId, placedAt, channel, storeId, store } = order
  const standing = rulesAt(rules, placedAt)
  const products = order.products.toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
  const kept = last && isSameSale(last, order) && last.unknownStoreId === null ? last : undefined
  const picks = products.flatMap((product) =>
    credits.flatMap((credit): Pick[] => {
      const { productId, brand, category } = product
      const before = kept?.picks.find((pick) => pick.productId === productId && pick.credit === credit)
      if (before && !kept?.unknownProducts.includes(productId)) return [before]
      const line = {
        productId,
        category,
        brand: brand ?? store?.brand ?? null,
        channel,
        ownership: store?.ownership ?? null,
      }
      const rule = chooseRule(standing, credit, line)
      return rule ? [{ productId, credit, ruleId: rule.ruleId, version: rule.version }] : []
    }),
  )
  const isCovered = (credit: Credit) => picks.filter((pick) => pick.credit === credit).length === products.length
  const terms = {
    orderId,
    placedAt,
    channel,
    storeId,
    picks,
    unknownProducts: products.filter(({ isKnown }) => !isKnown).map(({ productId }) => productId),
    unknownStoreId: store ? null : storeId,
    isUncovered: !order.credits.every(isCovered),
    confirmsAt:
      last?.placedAt.getTime() === placedAt.getTime()
        ? last.confirmsAt
        : new Date(placedAt.getTime() + windowDays * 86_400_000),
  }
  if (last && isSameAs(last, terms)) return undefined
  return { ...terms, version: (last?.version ?? 0) + 1, madeAt: now }
}

function isSameSale(last: Terms, { placedAt, channel, storeId }: TermsOrder): boolean {
  return last.placedAt.getTime() === placedAt.getTime() && last.channel === channel && last.storeId === storeId
}

function isSameAs(last: Terms, terms: Omit<Terms, 'version' | 'madeAt'>): boolean {
  return (
    isSameSale(last, { ...terms, store: null, products: [], credits: [] }) &&
    last.unknownStoreId === terms.unknownStoreId &&
    last.isUncovered === terms.isUncovered &&
    last.unknownProducts.join('\n') === terms.unknownProducts.join('\n') &&
    last.picks.map(wordsOf).join('\n') === terms.picks.map(wordsOf).join('\n')
  )
}

function wordsOf({ productId, credit, ruleId, version }: Pick): string {
  return [productId, credit, ruleId, version].join('\t')
}
