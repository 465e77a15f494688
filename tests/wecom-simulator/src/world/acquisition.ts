import { seconds } from './add.ts'
import type { AcquisitionQuota } from './model.ts'

export function quotaBalance({ parts }: AcquisitionQuota, now: Date): number {
  return parts.filter(({ expiresAt }) => expiresAt > seconds(now)).reduce((sum, { balance }) => sum + balance, 0)
}

/** What expires first is used first. */
export function useQuota(quota: AcquisitionQuota, now: Date) {
  const first = quota.parts.find(({ expiresAt, balance }) => balance > 0 && expiresAt > seconds(now))
  if (first) first.balance -= 1
}
