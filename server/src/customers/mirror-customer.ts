import type { Deps } from '../deps.ts'
import type { CallOptions } from '../wecom/port.ts'
import type { ExternalContactDetail, FollowUser } from '../wecom/shapes.ts'
import { type FollowChange, keepCustomerNews, type MirroredRelation } from './customers.repository.ts'

interface Asking extends CallOptions {
  /** What a callback told, to be kept in the same commit. */
  change?: FollowChange
}

/** Asks WeCom about a customer (doc 92114), all pages of followers, and keeps the answer. Throws WecomError. */
export async function mirrorCustomer(
  externalUserId: string,
  { db, wecom, clock }: Deps,
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

  const { name, type, gender, avatar, unionid, corp_full_name, corp_name } = page.external_contact
  await keepCustomerNews(db, {
    externalUserId,
    change,
    heardAt,
    mirrored: {
      name,
      type,
      gender,
      avatar: avatar || null,
      unionId: unionid || null,
      corpName: corp_full_name || corp_name || null,
      relations: followers.map(toRelation),
    },
  })
}

function toRelation(follower: FollowUser): MirroredRelation {
  return {
    guideUserId: follower.userid,
    startedAt: new Date(follower.createtime * 1000),
    remark: follower.remark || null,
    description: follower.description || null,
    addWay: follower.add_way ?? null,
    channelState: follower.state || null,
    operUserId: follower.oper_userid || null,
    tags: (follower.tags ?? []).map((tag) => ({
      groupName: tag.group_name ?? '',
      name: tag.tag_name,
      tagId: tag.tag_id || null,
      // type 2: the member's own; 1 and 3 are the corp's (doc 92114).
      source: tag.type === 2 ? 'guide' : 'wecom',
    })),
  }
}
