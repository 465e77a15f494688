import type { ChannelKind } from '@zhanggui/shared/channel.ts'

/** Members behind one contact way (doc 92228) and one link (doc 97297). */
export const MOST_BEHIND_WAY = 100
export const MOST_BEHIND_LINK = 500

interface Behind {
  kind: ChannelKind
  guideIds: readonly string[]
  storeIds: readonly string[]
  validFrom: string | null
  validTo: string | null
}

/** What the fields do not say each by itself; undefined: nothing is wrong. */
export function findFaultOfWish({ kind, guideIds, storeIds, validFrom, validTo }: Behind): string | undefined {
  if (kind === 'guide' && guideIds.length !== 1) return '/guideIds must name exactly one guide for kind guide'
  if (kind === 'guides' && guideIds.length === 0) return '/guideIds must name at least one guide for kind guides'
  if (kind === 'guides' && guideIds.length > MOST_BEHIND_WAY)
    return `/guideIds must not name more than ${MOST_BEHIND_WAY} guides for kind guides`
  if ((kind === 'guide' || kind === 'guides') && storeIds.length > 0)
    return `/storeIds must be left out for kind ${kind}`
  if (kind === 'store' && storeIds.length === 0) return '/storeIds must name at least one store for kind store'
  if (kind === 'store' && guideIds.length > 0) return '/guideIds must be left out for kind store'
  if (kind === 'link' && guideIds.length + storeIds.length === 0)
    return '/guideIds or /storeIds must name somebody for kind link'
  if (validFrom !== null && validTo !== null && Date.parse(validTo) <= Date.parse(validFrom))
    return '/validTo must be later than /validFrom'
  return undefined
}
