import { TierRecord } from '@zhanggui/shared/tier.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import { everybody } from './note-members.ts'
import { listTemplates, type TierRow, upsertTiers } from './settings.repository.ts'
import { isSuitableMonthly } from './suitable-coupon.ts'

const unsuitable = {
  code: 'coupon_not_suitable',
  detail: '/monthlyCouponId must be a coupon without minimumSpend, an amount of at least 1000',
}
const rankTaken = { code: 'tier_rank_taken', detail: '/rank is the rank of another tier' }

export function tierKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof TierRecord, Keyed<TierRow>> {
  return {
    name: 'tiers',
    schema: TierRecord,
    idField: 'tier',
    prepare({ thresholds = [], monthlyCouponId, graceDays = 7, active = true, ...record }) {
      for (const [index, { brand, storeIds }] of thresholds.entries())
        if ((brand === undefined) === (storeIds === undefined))
          throw new RecordFault('invalid_field', `/thresholds/${index} must have either brand or storeIds`)
      return { key: record.tier, ...record, thresholds, monthlyCouponId: monthlyCouponId ?? null, graceDays, active }
    },
    async write(db, tiers) {
      const now = clock.now()
      // A coupon that is not here yet is judged when it is to be issued.
      const known = await listTemplates(
        db,
        tiers.flatMap(({ monthlyCouponId }) => monthlyCouponId ?? []),
      )
      const bad = new Set(known.filter((template) => !isSuitableMonthly(template)).map(({ couponId }) => couponId))
      const isBad = ({ monthlyCouponId }: TierRow) => monthlyCouponId !== null && bad.has(monthlyCouponId)
      const changed = await upsertTiers(
        db,
        tiers.filter((tier) => !isBad(tier)),
        now,
      )
      if (changed.length > 0) await enqueue(db, everybody)
      return { changed, rejected: new Map(tiers.filter(isBad).map(({ key }) => [key, unsuitable])) }
    },
    constraints: { membership_tier_rank: rankTaken },
  }
}
