import type { RemarkChange, RemarkView } from '@zhanggui/shared/remark.ts'
import { getJson, putJson } from '../api/request.ts'
import { customerPath } from '../customer/customer-api.ts'

export function getRemark(externalUserId: string): Promise<RemarkView> {
  return getJson(`${customerPath(externalUserId)}/remark`)
}

/** Safe to say again: what is so already is not written twice. */
export function putRemark(externalUserId: string, change: RemarkChange): Promise<RemarkView> {
  return putJson(`${customerPath(externalUserId)}/remark`, change)
}
