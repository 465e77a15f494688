import type { AppMessage, Message, RelationState, Sms } from '../control-types.ts'

export interface Department {
  id: number
  name: string
  parentId: number
  order: number
}

export interface Member {
  userId: string
  name: string
  departmentIds: number[]
  storeName: string
  avatarColor: string
  position: string
  /** Configured for customer contact, in the app's visible range and active; see standing.ts. */
  follows: boolean
  /** 客户联系 → 权限配置 → 使用范围 */
  configured: boolean
  /** Inside the app's visible range. */
  visible: boolean
  /** doc 90196: 1 active, 2 disabled, 4 not activated, 5 left the corp by themself. */
  status: MemberStatus
  /** With status 5: seconds. */
  leftAt?: number
  openUserId: string
}

export type MemberStatus = 1 | 2 | 4 | 5

/** Deleted from the contacts; their customers wait for somebody else (doc 92124). */
export interface DepartedMember {
  member: Member
  leftAt: number
}

export interface Customer {
  externalUserId: string
  name: string
  gender: 0 | 1 | 2
  type: 1 | 2
  corpName?: string
  unionId?: string
  avatarColor: string
  phone?: string
}

/** Unix seconds throughout, as WeCom gives them. */
export interface Relation {
  guide: string
  customer: string
  state: RelationState
  addedAt: number
  addWay: number
  channelState: string
  remark: string
  description: string
  company: string
  phones: string[]
  tagIds: string[]
  ownTags: string[]
  /** Once they talk, a welcome is too late (41051). */
  chatStarted: boolean
  welcomed: boolean
  /** The acquisition link the customer came through, and how many messages they have written since (doc 97298). */
  link?: { linkId: string; messages: number }
}

/** doc 94088 */
export type TransferStatus = 1 | 2 | 3 | 4

export interface Transfer {
  giver: string
  taker: string
  customer: string
  /** Of an active member, or of one who left. */
  kind: 'active' | 'resigned'
  status: TransferStatus
  startedAt: number
  /** When it took effect or failed; while it waits, when it will take effect. */
  takeoverAt: number
  /** Told to the customer when it takes effect. */
  message: string
}

export interface Tag {
  id: string
  groupId: string
  name: string
  createdAt: number
  order: number
  deleted: boolean
}

export interface TagGroup {
  id: string
  name: string
  createdAt: number
  order: number
  ownedByApp: boolean
  deleted: boolean
  tagIds: string[]
}

export interface GroupMember {
  id: string
  joinedAt: number
  joinScene: 1 | 2 | 3
  invitedBy?: string
  state?: string
}

export interface Group {
  chatId: string
  name: string
  owner: string
  notice: string
  createdAt: number
  admins: string[]
  members: Map<string, GroupMember>
  version: string
  dismissed: boolean
  /** The owner left and somebody else got the group: status 3 (doc 92120). */
  inherited?: boolean
  /** When it changed hands while its owner was active; two times in 90 days are allowed (doc 95703). */
  handovers?: number[]
}

export interface JoinWay {
  configId: string
  scene: 1 | 2
  remark: string
  autoCreateRoom: boolean
  roomBaseName: string
  roomBaseId: number
  chatIds: string[]
  state: string
  markSource: boolean
}

export interface Media {
  mediaId: string
  type: 'image' | 'voice' | 'video' | 'file'
  fileName: string
  contentType: string
  /** No Buffer: that would turn itself into a list of numbers in JSON. */
  bytes: Uint8Array
  /** milliseconds */
  createdAt: number
}

export interface ContactWay {
  configId: string
  type: 1 | 2
  scene: 1 | 2
  style?: number
  remark: string
  skipVerify: boolean
  state: string
  users: string[]
  parties: number[]
  createdAt: number
  /** How many customers came through it: the next one gets the next member. */
  scans?: number
}

export interface AcquisitionLink {
  linkId: string
  name: string
  users: string[]
  departments: number[]
  skipVerify: boolean
  markSource: boolean
  priority?: { type: 1 | 2; users: string[] }
  createdAt: number
  /** The simulator's own statistics, by unix second. */
  clicks: number[]
  friends: { guide: string; customer: string; channel: string; at: number }[]
}

/** doc 97375 */
export interface AcquisitionQuota {
  total: number
  /** expiresAt in seconds, soonest first. */
  parts: { expiresAt: number; balance: number }[]
}

export interface Chat {
  /** Oldest first. */
  messages: Message[]
  unread: Map<string, number>
}

/** Everything that outlives a restart. Lookups go by map: a corp may have 600 000 customers. */
export interface World {
  corpName: string
  random: { state: number; issued: number }
  departments: Map<number, Department>
  /** By lower-cased userid: WeCom ignores case in its uniqueness check (doc 90195). */
  members: Map<string, Member>
  customers: Map<string, Customer>
  customerByPhone: Map<string, string>
  /** guide → customer → relation, and the same relations the other way round. */
  relations: Map<string, Map<string, Relation>>
  followers: Map<string, Map<string, Relation>>
  tagGroups: Map<string, TagGroup>
  tags: Map<string, Tag>
  groups: Map<string, Group>
  groupsOfMember: Map<string, Set<string>>
  /** By chatKey. */
  chats: Map<string, Chat>
  media: Map<string, Media>
  uploadedPictures: Map<string, Media>
  contactWays: Map<string, ContactWay>
  joinWays: Map<string, JoinWay>
  /** By lower-cased userid. */
  departed: Map<string, DepartedMember>
  /** Oldest first. */
  transfers: Transfer[]
  acquisitionLinks: Map<string, AcquisitionLink>
  acquisitionQuota: AcquisitionQuota
  /** ChatKey → the relation it speaks of (doc 100130). */
  chatKeys: Map<string, { guide: string; customer: string; issuedAt: number }>
  sms: Sms[]
  appMessages: AppMessage[]
  /** The customer whose phone the page showed last. */
  shownPhone?: string
}
