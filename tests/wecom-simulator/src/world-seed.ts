/** The world a simulator starts with: plain data, so that it can be written down, compared and stored. */
export interface WorldSeed {
  /** Decides new ids, names and answer times: the same seed and the same actions give the same world. */
  random?: number
  corpName?: string
  departments: DepartmentSeed[]
  members: MemberSeed[]
  customers: CustomerSeed[]
  relations: RelationSeed[]
  tagGroups: TagGroupSeed[]
  groups: GroupSeed[]
}

/** The root is 1 with parentId 0. */
export interface DepartmentSeed {
  id: number
  name: string
  parentId: number
  order?: number
}

export interface MemberSeed {
  userId: string
  name: string
  departmentIds: number[]
  /** The shop or counter where the member works, for the client page. */
  storeName?: string
  avatarColor?: string
  position?: string
  /** Configured for customer contact. */
  follows: boolean
  /** Inside the app's visible range; true by default. */
  visible?: boolean
  /** doc 90196: 1 active (default), 2 disabled, 4 not activated. */
  status?: 1 | 2 | 4
}

export interface CustomerSeed {
  externalUserId: string
  name: string
  /** 0 unknown, 1 male, 2 female (doc 92114) */
  gender: 0 | 1 | 2
  /** 1 WeChat user (default), 2 WeCom user of another corp */
  type?: 1 | 2
  corpName?: string
  unionId?: string
  avatarColor?: string
  phone?: string
}

export interface RelationSeed {
  guide: string
  customer: string
  /** RFC 3339 */
  addedAt: string
  /** doc 92114 */
  addWay: number
  state?: string
  remark?: string
  description?: string
  /** Corp tag ids. */
  tags: string[]
  /** The customer has deleted the guide. */
  lost?: boolean
  /** The guide's own tags: a name, no id. */
  ownTags?: string[]
  /** What was said so far; gives the demo's chats a past. */
  messages?: { from: 'guide' | 'customer'; text: string; at: string }[]
}

export interface TagGroupSeed {
  groupId: string
  name: string
  order?: number
  createdAt?: string
  /** Made by the app itself: only then may the app edit or delete it (doc 92117). */
  ownedByApp?: boolean
  tags: { tagId: string; name: string; order?: number }[]
}

export interface GroupSeed {
  chatId: string
  name: string
  owner: string
  notice?: string
  createdAt: string
  admins?: string[]
  /** Member userids and external_userids; joinScene 1 direct invite, 2 invite link, 3 QR (doc 92122). */
  members: { id: string; joinedAt: string; joinScene: 1 | 2 | 3; invitedBy?: string; state?: string }[]
  lastMessage?: { from: string; text: string; at: string }
}
