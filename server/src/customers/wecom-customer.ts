import type { DataCipher } from '../data-cipher.ts'
import type { BatchByUser, ExternalContact, FollowUser } from '../wecom/shapes.ts'
import type { CustomerNews, MirroredCustomer, MirroredRelation } from './customers.repository.ts'
import { sealPhones } from './noted-phones.ts'

/** type 2: the member's own; 1 and 3 are the corp's (doc 92114). */
const OWN_TAG = 2

export function toProfile(contact: ExternalContact): Omit<MirroredCustomer, 'relations'> {
  const { name, type, gender, avatar, unionid, corp_full_name, corp_name } = contact
  return {
    name,
    type,
    gender,
    avatar: avatar || null,
    unionId: unionid || null,
    corpName: corp_full_name || corp_name || null,
  }
}

/** A relation as `externalcontact/get` tells it (doc 92114). */
export function toRelation({ tags = [], ...follower }: FollowUser, cipher: DataCipher): MirroredRelation {
  return {
    ...withoutTags(follower, cipher),
    tags: tags.flatMap(({ type, tag_id, tag_name, group_name }) =>
      type === OWN_TAG || !tag_id
        ? []
        : [{ tagId: tag_id, name: tag_name, ...(group_name && { groupName: group_name }) }],
    ),
    ownTags: tags.filter(({ type }) => type === OWN_TAG).map(({ tag_name }) => tag_name),
  }
}

/** A row of `batch/get_by_user` (doc 92994): one relation, its corp tags by id, the guide's own tags left out. */
export function toNews(
  { external_contact, follow_info }: BatchByUser['external_contact_list'][number],
  heardAt: Date,
  cipher: DataCipher,
): CustomerNews {
  const relation = {
    ...withoutTags(follow_info, cipher),
    tags: (follow_info.tag_id ?? []).map((tagId) => ({ tagId })),
  }
  return {
    externalUserId: external_contact.external_userid,
    heardAt,
    mirrored: { ...toProfile(external_contact), relations: [relation] },
  }
}

function withoutTags(follower: Omit<FollowUser, 'tags'>, cipher: DataCipher): Omit<MirroredRelation, 'tags'> {
  return {
    guideUserId: follower.userid,
    startedAt: new Date(follower.createtime * 1000),
    remark: follower.remark || null,
    description: follower.description || null,
    addWay: follower.add_way ?? null,
    channelState: follower.state || null,
    operUserId: follower.oper_userid || null,
    company: follower.remark_corp_name || null,
    phones: sealPhones(follower.remark_mobiles ?? [], cipher),
  }
}
