/**
 * What the client page and the simulator say to each other: JSON under /simulator/api.
 *   GET  state?guide=USERID        → StateView
 *   GET  chats/:guide/:chat        → ChatView     (chat: an external_userid, or a chat_id for a group)
 *   GET  choices?guide=&chat=      → ChoicesView
 *   GET  stream                    → server-sent events, each `data:` one StreamEvent
 *   POST actions/:name             → body ActionInputs[name], answer ActionOutputs[name]; 400 { error } in Chinese
 *   GET  media/:mediaId            → the uploaded picture, video or file
 * Times are ISO 8601.
 */

export type NetworkMode = 'normal' | 'slow' | 'throttled' | 'down'

/** Ways a message came to be, so that the page can tell a welcome from what somebody typed. */
type MessageOrigin = 'welcome' | 'sidebar' | 'typed' | 'system'

interface MessageBase {
  id: string
  at: string
  from: 'guide' | 'customer' | 'system'
  via: MessageOrigin
  /** The customer's phone never draws what only the guide sees ("欢迎语 0.4 秒送达"), and the other way round. */
  seenBy: 'both' | 'guide' | 'customer'
  /** In a group: who wrote it (member userid or external_userid). */
  senderId?: string
  senderName?: string
}

interface TextMessage extends MessageBase {
  kind: 'text'
  text: string
}
interface LinkMessage extends MessageBase {
  kind: 'link'
  title: string
  desc: string
  url: string
  imageUrl?: string
}
interface ImageMessage extends MessageBase {
  kind: 'image'
  url: string
}
interface MiniProgramMessage extends MessageBase {
  kind: 'miniprogram'
  title: string
  appId: string
  page: string
  imageUrl?: string
}
interface FileMessage extends MessageBase {
  kind: 'file'
  name: string
  /** bytes */
  size: number
  url: string
}
interface VideoMessage extends MessageBase {
  kind: 'video'
  url: string
}
export type Message = TextMessage | LinkMessage | ImageMessage | MiniProgramMessage | FileMessage | VideoMessage

/** The part of a message that its sender decides. */
export type MessageContent =
  | { kind: 'text'; text: string }
  | { kind: 'link'; title: string; desc: string; url: string; imageUrl?: string }
  | { kind: 'image' | 'video' | 'file'; mediaId: string }
  | { kind: 'miniprogram'; title: string; appId: string; page: string; imageUrl?: string }

/**
 * half: the customer added a guide without verification, the guide has not confirmed.
 * lost: the customer deleted the guide. removed: the guide deleted the customer.
 */
export type RelationState = 'half' | 'friends' | 'lost' | 'removed'

export interface ChatSummary {
  guide: string
  /** external_userid, or chat_id for a group. */
  chat: string
  kind: 'single' | 'group'
  name: string
  /** The guide's remark, when there is one. */
  remark?: string
  /** '@微信', '@公司名' or, for a group, '128 人'. */
  badge: string
  avatarColor: string
  /** single chats only */
  relation?: RelationState
  lastText: string
  lastAt: string
  unread: number
}

export interface ChatView {
  summary: ChatSummary
  /** Oldest first. */
  messages: Message[]
}

export interface GuideView {
  userId: string
  name: string
  storeName: string
  avatarColor: string
  unread: number
}

/** One call or delivery, as drawn along the bottom of the page. */
export interface WireLine {
  id: string
  at: string
  kind: 'callback' | 'api'
  /** 'POST /callbacks/wecom add_external_contact', 'send_welcome_msg' */
  label: string
  /** '200', 'errcode 0', 'timeout', 'refused' */
  outcome: string
  ok: boolean
  ms: number
  /** callbacks: 1 for the first try */
  attempt?: number
}

export interface Sms {
  id: string
  at: string
  /** On whose phone it lands; absent when nobody has this number and no phone was used yet. */
  externalUserId?: string
  /** '138****5678' */
  maskedPhone: string
  code: string
  text: string
}

/** What the app sent to a guide through message/send. */
export interface AppMessage {
  id: string
  at: string
  guide: string
  msgtype: string
  title?: string
  text: string
  url?: string
}

export interface StateView {
  corp: { corpId: string; agentId: string; name: string; stores: number; guides: number; customers: number }
  now: string
  guides: GuideView[]
  /** The guide of `?guide=`, else the first one. */
  guide: string
  /** Newest first, at most 200. */
  chats: ChatSummary[]
  network: NetworkMode
  /** Newest last, at most 20. */
  wire: WireLine[]
  /** Newest last, at most 20. */
  sms: Sms[]
  /** Newest last, at most 20, of this guide. */
  appMessages: AppMessage[]
}

/** What the page's menus offer to choose from. */
export interface ChoicesView {
  /** Of each kind the newest 20, newest first. */
  codes: CodeView[]
  /** Corp tags; `marked` for the guide and customer of `chat`. */
  tagGroups: { name: string; tags: { id: string; name: string; marked: boolean }[] }[]
  /** Of the group `chat`, who came last first. */
  groupMembers: { id: string; name: string; external: boolean }[]
  departed: { userId: string; name: string }[]
  /** Handovers that wait. */
  transfers: { guide: string; customer: string; name: string; from: string; to: string }[]
}

export interface CodeView {
  id: string
  /** 「联系我」, a group's code, or an acquisition link. */
  kind: 'way' | 'join' | 'link'
  name: string
  /** Who or what is behind it: '林晓、周敏', '3 人', '老友群' */
  behind: string
}

export type StreamEvent =
  | { type: 'message'; guide: string; chat: string; message: Message; summary: ChatSummary }
  | { type: 'relation'; guide: string; chat: string; state: RelationState; summary: ChatSummary }
  | { type: 'chat'; guide: string; chat: string; summary: ChatSummary | null }
  | { type: 'wire'; line: WireLine }
  | { type: 'sms'; sms: Sms }
  | { type: 'appMessage'; message: AppMessage }
  | { type: 'network'; mode: NetworkMode }
  | { type: 'contacts' }

/** A pair of the guide's userid and the customer's external_userid. */
export interface Pair {
  guide: string
  customer: string
}

export interface AddFriendInput {
  guide: string
  /** An external_userid the world knows; without it a new customer with a realistic name appears. */
  customer?: string
  /** Name of the new customer. */
  name?: string
  phone?: string
  /** Channel state of the QR code, at most 30 characters. */
  state?: string
  /** config_id of a 「联系我」 way that was scanned: gives state and half when they are not given. */
  contactWay?: string
  /** Added without verification: the guide still has to confirm. */
  half?: boolean
  /** doc 92114; 1 (scanned QR) by default */
  addWay?: number
  /** The admin console has a welcome for this guide, so the event carries no code. */
  welcomeInConsole?: boolean
  /** Deliver the event twice. */
  duplicate?: boolean
}

export interface DeliveryView {
  event: string
  changeType?: string
  ok: boolean
  /** HTTP status of the last try; absent on timeout or network failure */
  status?: number
  attempts: number
  ms: number
}

export interface ActionInputs {
  addFriend: AddFriendInput
  confirmHalf: Pair
  deleteByCustomer: Pair
  deleteByGuide: Pair & { transfer?: boolean }
  editRemark: Pair & { remark?: string; description?: string; company?: string; phones?: string[] }
  editTags: Pair & { add?: string[]; remove?: string[] }
  /** The customer types into the chat. */
  customerSays: { guide: string; chat: string; customer?: string; text: string }
  /** The guide presses send: typed text, or what the sidebar put into the box. */
  guideSends: { guide: string; chat: string; content: MessageContent; via: 'typed' | 'sidebar' }
  markRead: { guide: string; chat: string }
  /** Whose phone the page shows: a text message to an unknown number lands there. */
  showPhone: { customer: string }
  createTagGroup: { name: string; tags: string[] }
  createTag: { groupId: string; name: string }
  renameTag: { id: string; name: string }
  deleteTag: { id: string }
  shuffleTags: { groupId?: string; order: string[] }
  createGroup: { owner: string; name: string; members?: string[]; notice?: string }
  dismissGroup: { chatId: string }
  /** scene is the event's: 0 invited (by link or directly, by the owner unless somebody else is named), 3 scanned. */
  joinGroup: {
    chatId: string
    members: string[]
    scene?: 0 | 3
    byLink?: boolean
    invitedBy?: string
    /** Somebody nobody has befriended comes along. */
    stranger?: boolean
  }
  leaveGroup: { chatId: string; members: string[]; removed?: boolean }
  renameGroup: { chatId: string; name: string }
  changeNotice: { chatId: string; notice: string }
  changeOwner: { chatId: string; owner: string }
  /** A customer scans a 「联系我」 code, found by config_id or by its state. */
  scanContactWay: {
    configId?: string
    state?: string
    customer?: string
    name?: string
    phone?: string
    duplicate?: boolean
  }
  /** People scan the code of a join way and come into its group. */
  scanJoinWay: { configId: string; members: string[]; stranger?: boolean }
  /** A customer adds a guide through an acquisition link; without `guide` whose turn it is. */
  addThroughLink: {
    linkId: string
    /** customer_channel */
    channel?: string
    guide?: string
    customer?: string
    name?: string
    phone?: string
    half?: boolean
  }
  openLink: { linkId: string; channel?: string }
  requestThroughLink: { linkId: string; channel?: string }
  /** The quota is so large from now on; `expiresAt` in seconds. */
  changeQuota: { balance: number; expiresAt?: number }
  quotaExpiresSoon: Record<string, never>
  linkUnavailable: { linkId: string }
  deleteLink: { linkId: string }
  /** What becomes of a handover that waits; `guide` is who gives or who takes. */
  settleTransfer: Pair & { outcome: 'done' | 'refused' | 'limit' }
  createMember: {
    userId: string
    name: string
    departmentIds: number[]
    storeName?: string
    /** Configured for customer contact; true by default. */
    follows?: boolean
    visible?: boolean
    status?: 1 | 2 | 4
  }
  updateMember: { userId: string; newUserId?: string; departmentIds?: number[]; name?: string }
  deleteMember: { userId: string }
  leaveCorp: { userId: string }
  returnToCorp: { userId: string }
  changeStanding: { userId: string; visible?: boolean; configured?: boolean; status?: 1 | 2 | 4 }
  createDepartment: { name: string; parentId: number }
  moveDepartment: { id: number; parentId: number }
  renameDepartment: { id: number; name: string }
  deleteDepartment: { id: number }
  setNetwork: { mode: NetworkMode }
  failNext: { endpoint: string; errcode: number; times?: number }
}

/** `delivery` is what became of the callback; null when the change has none. */
interface Delivered {
  delivery: DeliveryView | null
}

export interface ActionOutputs {
  addFriend: Delivered & { externalUserId: string }
  confirmHalf: Delivered
  deleteByCustomer: Delivered
  deleteByGuide: Delivered
  editRemark: Delivered
  editTags: Delivered
  customerSays: { message: Message }
  guideSends: { message: Message }
  markRead: Record<string, never>
  showPhone: Record<string, never>
  createTagGroup: Delivered & { groupId: string; tagIds: string[] }
  createTag: Delivered & { tagId: string }
  renameTag: Delivered
  deleteTag: Delivered
  shuffleTags: Delivered
  createGroup: Delivered & { chatId: string }
  dismissGroup: Delivered
  joinGroup: Delivered
  leaveGroup: Delivered
  renameGroup: Delivered
  changeNotice: Delivered
  changeOwner: Delivered
  createMember: Delivered
  updateMember: Delivered
  deleteMember: Delivered
  leaveCorp: Delivered
  returnToCorp: Delivered
  changeStanding: Delivered
  settleTransfer: Delivered
  scanContactWay: Delivered & { externalUserId: string; guide: string }
  scanJoinWay: Delivered & { chatId: string }
  addThroughLink: Delivered & { externalUserId: string; guide: string }
  openLink: Delivered
  requestThroughLink: Delivered
  changeQuota: Delivered
  quotaExpiresSoon: Delivered
  linkUnavailable: Delivered
  deleteLink: Delivered
  createDepartment: Delivered & { departmentId: number }
  moveDepartment: Delivered
  renameDepartment: Delivered
  deleteDepartment: Delivered
  setNetwork: Record<string, never>
  failNext: Record<string, never>
}

export type ActionName = keyof ActionInputs
