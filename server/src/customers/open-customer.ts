import type { OpenCustomer } from '@zhanggui/shared/customer.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { findInvitationState } from '../membership/invitation-state.repository.ts'
import { findMemberOf } from '../membership/members.repository.ts'
import { customerTotals } from '../orders/orders.repository.ts'
import { absentCustomer } from '../personal-data/absent-customer.ts'
import { findTierByRules } from '../tiers/card-benefits.repository.ts'
import { findCustomer, listRelations, listTags } from './customer-reader.repository.ts'

/**
 * The profile for other systems. A customer of whom only a till or the CRM has spoken is known too, without what WeCom
 * would tell; `not_found` when nobody has.
 */
export async function getOpenCustomer(db: Db, externalUserId: string): Promise<OpenCustomer> {
  const [customer, member, judged, invitation, tags, relations, totals] = await Promise.all([
    findCustomer(db, externalUserId),
    findMemberOf(db, { externalUserId }),
    findTierByRules(db, externalUserId),
    findInvitationState(db, externalUserId),
    listTags(db, externalUserId),
    listRelations(db, externalUserId),
    customerTotals(db, externalUserId),
  ])
  if (!customer && !member && totals.orders === 0 && totals.refunded === 0)
    throw await absentCustomer(db, externalUserId, new AppError('not_found', { detail: 'no such customer' }))
  return {
    externalUserId,
    ...(customer && toProfile(customer)),
    ...(member && { member: toMember(member, judged) }),
    ...(invitation && { invitation: { state: invitation } }),
    tags,
    relations,
    totals,
  }
}

function toProfile({ name, type, gender, unionId, ownerUserId, ownerSince }: FoundCustomer): Partial<OpenCustomer> {
  return {
    ...(name !== null && { name }),
    ...(type !== null && { type }),
    ...(gender !== null && { gender }),
    ...(unionId !== null && { unionId }),
    ...(ownerUserId !== null && ownerSince && { owner: { userId: ownerUserId, since: ownerSince.toISOString() } }),
  }
}

function toMember(
  { memberNo, tier: told, points, storedValue, joinedAt }: FoundMember,
  judged: string | null,
): OpenCustomer['member'] {
  const tier = told ?? judged
  return {
    memberNo,
    joinedAt: joinedAt.toISOString(),
    ...(tier !== null && { tier }),
    ...(points !== null && { points }),
    ...(storedValue !== null && { storedValue }),
  }
}

type FoundCustomer = NonNullable<Awaited<ReturnType<typeof findCustomer>>>
type FoundMember = NonNullable<Awaited<ReturnType<typeof findMemberOf>>>
