import type { AttributionVersion, OrderAttribution } from '@zhanggui/shared/attribution.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { listVersions } from './attribution.repository.ts'
import type { Snapshot } from './take-snapshot.ts'

/** Who is credited for an order and how that came about, oldest first. */
export async function readAttribution(db: Db, orderId: string): Promise<OrderAttribution> {
  const versions = await listVersions(db, orderId)
  const last = versions.at(-1)
  if (!last) throw new AppError('order_unknown')
  return { orderId, placedAt: last.placedAt.toISOString(), versions: versions.map(toView) }
}

function toView(snapshot: Snapshot): AttributionVersion {
  const { version, cause, salesGuideId, salesWhy, serviceGuideId, serviceWhy, rule, windowDays, madeAt } = snapshot
  const { ownerGuideId, sharerGuideId, tillSalesGuideId, tillServiceGuideId, redeemerGuideId, reason, correctedBy } =
    snapshot
  return {
    version,
    cause,
    sales: { ...(salesGuideId !== null && { guideId: salesGuideId }), why: salesWhy },
    service: { ...(serviceGuideId !== null && { guideId: serviceGuideId }), why: serviceWhy },
    ...(ownerGuideId !== null && { ownerGuideId }),
    ...(sharerGuideId !== null && { sharerGuideId }),
    ...(tillSalesGuideId !== null && { tillSalesGuideId }),
    ...(tillServiceGuideId !== null && { tillServiceGuideId }),
    ...(redeemerGuideId !== null && { redeemerGuideId }),
    rule,
    windowDays,
    ...(reason !== null && { reason }),
    ...(correctedBy !== null && { by: correctedBy }),
    at: madeAt.toISOString(),
  }
}
