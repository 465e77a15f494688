import type { EventFields } from '../callbacks/sender.ts'
import type { Relation } from '../world/model.ts'

/** change_external_contact about one guide and one customer (doc 92130). */
export function pairEvent(
  relation: Relation,
  changeType: string,
  more: Record<string, string | undefined> = {},
): EventFields {
  return {
    Event: 'change_external_contact',
    ChangeType: changeType,
    UserID: relation.guide,
    ExternalUserID: relation.customer,
    ...more,
  }
}
