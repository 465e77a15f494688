import type { Customer, Department, GroupMember, Member, Relation, Tag, TagGroup } from '../world/model.ts'

/**
 * What the reading half of the API needs to know of a corp. Two of them exist: a world that actions change
 * (world/world-directory.ts) and a reference corp that is computed from a seed (reference-corp/).
 * Members are asked for by userid in any case.
 */
export interface Directory {
  corpName: string
  findDepartment(id: number): Department | undefined
  listSubDepartments(id: number): Department[]
  /** Also one the app may not see. */
  findMember(userId: string): MemberView | undefined
  listMembers(departmentId: number): MemberView[]
  listFollowUserIds(): string[]

  findContact(externalUserId: string): Contact | undefined
  listCustomerIds(guide: string): string[]
  listFollows(guide: string, from: number, limit: number): Stretch<Follow>
  listFollowers(externalUserId: string, from: number, limit: number): Stretch<FollowRelation>

  /** Without what was deleted. */
  listTagGroups(): TagGroupView[]
  /** These two also know what was deleted. */
  findTagGroup(id: string): TagGroupView | undefined
  findTag(id: string): TagView | undefined

  /** Without owners: everybody's. */
  listGroups(filter: GroupFilter, from: number, limit: number): Stretch<GroupLine>
  findGroup(chatId: string): GroupView | undefined
}

/** Part of a long list. `from` and `next` are positions only the directory understands; no `next`: that was all. */
export interface Stretch<T> {
  rows: T[]
  next?: number
}

export type MemberView = Pick<
  Member,
  'userId' | 'name' | 'departmentIds' | 'position' | 'status' | 'visible' | 'follows' | 'openUserId'
>

export type Contact = Pick<Customer, 'externalUserId' | 'name' | 'gender' | 'type' | 'corpName' | 'unionId'>

/** `tagIds` are live corp tags. */
export type FollowRelation = Pick<
  Relation,
  | 'guide'
  | 'customer'
  | 'addedAt'
  | 'addWay'
  | 'channelState'
  | 'remark'
  | 'description'
  | 'company'
  | 'phones'
  | 'tagIds'
  | 'ownTags'
>

export interface Follow {
  contact: Contact
  relation: FollowRelation
}

export type TagView = Pick<Tag, 'id' | 'groupId' | 'name' | 'createdAt' | 'order' | 'deleted'> & { groupName: string }
export type TagGroupView = Pick<TagGroup, 'id' | 'name' | 'createdAt' | 'order' | 'deleted'> & { tags: TagView[] }

export interface GroupFilter {
  owners?: string[]
  /** 0: any. */
  status: number
}

/** doc 92120: 0 normal, 1 owner resigned, 2 being inherited, 3 inherited. */
export interface GroupLine {
  chatId: string
  status: number
}

export interface GroupView {
  chatId: string
  name: string
  owner: string
  notice: string
  createdAt: number
  admins: string[]
  version: string
  dismissed: boolean
  members: GroupPerson[]
}

export interface GroupPerson extends GroupMember {
  name: string
  /** Not one of the corp's own members. */
  external: boolean
  unionId?: string
}
