import { endAlerts, listOpenAlerts } from '../alerts/alerts.repository.ts'
import { raiseAlert } from '../alerts/raise-alert.ts'
import { lockTemplate } from '../coupons/issue.repository.ts'
import { issueNewCoupon } from '../coupons/issue.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import {
  claimGrant,
  countEarlier,
  keepIssued,
  listOpenGrants,
  listRefused,
  type OpenGrant,
  refuseAll,
  refuseGrant,
} from './grants.repository.ts'
import { isSuitableMonthly } from './suitable-coupon.ts'

const BATCH = 200

type IssueDeps = Pick<Deps, 'db' | 'clock'>

/** Issues what members are to get. Two that do it at once share the work; none does it twice. */
export async function issueGrants(deps: IssueDeps, stopping?: AbortSignal): Promise<void> {
  const now = deps.clock.now()
  const refused = new Set<string>()
  let after = 0
  while (!stopping?.aborted) {
    const grants = await listOpenGrants(deps.db, { after, now, limit: BATCH })
    for (const grant of grants) if (!refused.has(grant.couponId)) await issueGrant(deps, grant, refused)
    const last = grants.at(-1)
    if (!last) break
    after = last.benefitGrantId
  }
  await tellHq(deps, now)
}

async function issueGrant({ db, clock }: IssueDeps, grant: OpenGrant, refused: Set<string>): Promise<void> {
  const now = clock.now()
  const { benefitGrantId, couponId, externalUserId } = grant
  try {
    await db.transaction().execute(async (tx) => {
      if (!(await claimGrant(tx, benefitGrantId))) return
      const template = await lockTemplate(tx, couponId)
      if (template && grant.kind === 'tier_coupon' && !isSuitableMonthly(template)) throw new Unsuitable()
      const besides = await countEarlier(tx, grant)
      const issue = { couponId, externalUserId, issuedBy: null, source: 'rule', now }
      const { code } = await issueNewCoupon(tx, issue, besides)
      await keepIssued(tx, benefitGrantId, code, now)
    })
  } catch (error) {
    if (error instanceof AppError && error.code === 'coupon_limit_reached')
      return refuseGrant(db, benefitGrantId, error.code, now)
    if (!(error instanceof AppError || error instanceof Unsuitable)) throw error
    refused.add(couponId)
    await refuseAll(db, couponId, error.code, now)
  }
}

/** A monthly coupon whose template was changed so that it asks for a minimum spend. */
class Unsuitable extends Error {
  readonly code = 'coupon_not_suitable'
}

const reasons: Record<string, string> = {
  coupon_unknown: '没有这个券模板',
  coupon_out_of_stock: '库存发完了',
  coupon_not_valid: '不在有效期内',
  coupon_not_suitable: '月度券要无门槛,面值不低于 ¥10',
  coupon_limit_reached: '每人限领的张数已满',
}

async function tellHq(deps: IssueDeps, now: Date): Promise<void> {
  const waiting = await listRefused(deps.db, now)
  for (const { couponId, title, refused, members } of waiting)
    await raiseAlert(deps, {
      kind: 'benefit_not_issued',
      subject: couponId,
      detail: `${title ?? couponId}:${reasons[refused] ?? refused},${members} 位会员还没领到。`,
      at: now,
    })
  const stillWaiting = new Set(waiting.map(({ couponId }) => couponId))
  for (const { subject } of await listOpenAlerts(deps.db, 'benefit_not_issued'))
    if (!stillWaiting.has(subject)) await endAlerts(deps.db, { kinds: ['benefit_not_issued'], subject, at: now, now })
}
