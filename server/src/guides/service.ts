import type { GuideStatus } from './guides.table.ts'

/** doc 90196 */
const statuses: Record<number, GuideStatus | undefined> = { 1: 'active', 2: 'disabled', 4: 'not_activated', 5: 'left' }

/** null: WeCom did not tell, or a number we do not know. */
export function toGuideStatus(status: number | undefined): GuideStatus | null {
  return (status !== undefined && statuses[status]) || null
}

/** Who left, was disabled or fell out of the app's visible range may not use the app. */
export function isInService({ status, visible }: { status: GuideStatus | null; visible: boolean }): boolean {
  return visible && status !== 'left' && status !== 'disabled'
}
