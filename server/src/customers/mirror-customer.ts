import type { Deps } from '../deps.ts'
import type { CallOptions } from '../wecom/port.ts'
import type { ExternalContactDetail, FollowUser } from '../wecom/shapes.ts'
import { type FollowChange, keepCustomerNews, type MirroredCustomer } from './customers.repository.ts'
import { toProfile, toRelation } from './wecom-customer.ts'

interface Asking extends CallOptions {
  /** What a callback told, to be kept in the same commit. */
  change?: FollowChange
}

/** Asks WeCom about a customer (doc 92114), all pages of followers, and keeps the answer. Throws WecomError. */
export async function mirrorCustomer(
  externalUserId: string,
  { db, wecom, clock, cipher }: Deps,
  { change, ...options }: Asking = {},
): Promise<void> {
  const heardAt = options.freshSince ?? clock.now()
  const followers: FollowUser[] = []
  let page: ExternalContactDetail
  let cursor: string | undefined
  do {
    page = await wecom.call('externalcontact/get', { external_userid: externalUserId, cursor }, options)
    followers.push(...page.follow_user)
    cursor = page.next_cursor || undefined
  } while (cursor)

  const mirrored: MirroredCustomer = {
    ...toProfile(page.external_contact),
    relations: followers.map((follower) => toRelation(follower, cipher)),
  }
  await keepCustomerNews(db, { externalUserId, change, heardAt, mirrored })
}
