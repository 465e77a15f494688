import type { CustomerHandoverState } from '@zhanggui/shared/handover.ts'

/** What WeCom says to one customer of a handover (docs 92125, 94081): it has begun, or how it ended before it began. */
export interface Verdict {
  state: Extract<CustomerHandoverState, 'waiting' | 'limit' | 'failed'>
  reason: string | null
  errcode: number | null
}

/** Already under way: WeCom's yes was lost, or the giver asked for it by other means. */
const UNDER_WAY = [40100, 40129]
const TAKER_IS_FULL = 40099
/** The giver has no such friend: gone by other means, or handed over while we were away. */
export const NOT_A_FRIEND = 40131

export function judgeCustomer(errcode: number): Verdict {
  if (errcode === 0 || UNDER_WAY.includes(errcode)) return { state: 'waiting', reason: null, errcode: null }
  if (errcode === TAKER_IS_FULL) return { state: 'limit', reason: null, errcode }
  return { state: 'failed', reason: reasons.get(errcode) ?? 'refused_by_wecom', errcode }
}

const reasons = new Map([
  [40096, 'customer_unknown_to_wecom'],
  [40097, 'giver_has_not_resigned'],
  [40128, 'handed_over_twice_in_90_days'],
  [40130, 'same_guide'],
  [NOT_A_FRIEND, 'not_a_friend_of_the_giver'],
  [40143, 'guide_is_blocked'],
  [40205, 'guide_has_not_logged_in_for_a_year'],
  [40003, 'guide_unknown_to_wecom'],
  [60111, 'guide_unknown_to_wecom'],
  [84074, 'guide_may_not_contact_customers'],
  [49008, 'group_is_dissolved'],
  [90500, 'giver_has_not_resigned'],
  [90501, 'not_a_customer_group'],
  [90502, 'owner_has_resigned'],
  [90507, 'in_another_handover'],
  [90508, 'group_was_handed_over_before'],
])

/** Why a group was not handed over (docs 95703, 92127); a group's own 40128 means twice in 90 days as well. */
export function groupReason(errcode: number): string {
  return reasons.get(errcode) ?? 'refused_by_wecom'
}

const words: Record<string, string> = {
  customer_unknown_to_wecom: 'WeCom does not know this customer, or not for this corp',
  giver_has_not_resigned: 'The giver has not left the corp: hand over with kind active',
  handed_over_twice_in_90_days: 'WeCom hands each customer or group over at most twice in 90 days',
  same_guide: 'Giver and taker are the same guide',
  not_a_friend_of_the_giver: 'The customer is not a friend of the giver',
  guide_is_blocked: 'WeCom has blocked one of the guides',
  guide_has_not_logged_in_for_a_year: 'One of the guides has not logged in to WeCom for a year',
  guide_unknown_to_wecom: 'WeCom does not know one of the guides, or not within the app’s visible range',
  guide_may_not_contact_customers: 'The taker is not configured for customer contact',
  group_is_dissolved: 'The group was dissolved',
  not_a_customer_group: 'This is no customer group',
  owner_has_resigned: 'The group’s owner has left the corp: hand over with kind resigned',
  group_was_handed_over_before: 'The group of this leaver was handed over before',
  in_another_handover: 'Another handover is under way',
  no_result: 'WeCom gave no result within 30 days',
  erased: 'The customer’s personal data was erased',
  refused_by_wecom: 'WeCom refused it; see errcode',
}

/** A reason to read. */
export function reasonWords(reason: string): string {
  return words[reason] ?? reason
}
