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
  /** Configured for customer contact and in the app's visible range. */
  follows: boolean
  openUserId: string
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
  sms: Sms[]
  appMessages: AppMessage[]
  /** The customer whose phone the page showed last. */
  shownPhone?: string
}
