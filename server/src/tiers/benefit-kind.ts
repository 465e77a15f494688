import { BenefitRecord } from '@zhanggui/shared/tier.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import { everybody } from './note-members.ts'
import { type BenefitRow, upsertBenefits } from './settings.repository.ts'

export function benefitKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof BenefitRecord, Keyed<BenefitRow>> {
  return {
    name: 'member-benefits',
    schema: BenefitRecord,
    idField: 'benefitId',
    prepare({ benefitId, kind, name, couponId, tiers = [], monthDays = [], weekdays = [], active = true }) {
      const hasDays = monthDays.length + weekdays.length > 0
      if (kind === 'monthly_gift' && couponId === undefined)
        throw new RecordFault('missing_field', '/couponId is required for a monthly_gift')
      if (kind === 'monthly_gift' && hasDays)
        throw new RecordFault('invalid_field', '/monthDays and /weekdays are of a member_day')
      if (kind === 'member_day' && !hasDays)
        throw new RecordFault('missing_field', '/monthDays or /weekdays is required for a member_day')
      return {
        key: benefitId,
        benefitId,
        kind,
        name,
        couponId: couponId ?? null,
        tiers: [...new Set(tiers)].sort(),
        recurs: { monthDays: inOrder(monthDays), weekdays: inOrder(weekdays) },
        active,
      }
    },
    async write(db, benefits) {
      const changed = await upsertBenefits(db, benefits, clock.now())
      if (changed.length > 0) await enqueue(db, everybody)
      return { changed }
    },
  }
}

function inOrder(days: readonly number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b)
}
