import type { DeliveryCounts, DeliverySettings } from './callbacks/lossy-line.ts'
import type { RawAnswer, RawCallback } from './callbacks/raw.ts'
import type { SealedCallback } from './callbacks/seal.ts'
import type { Delivery, DeliveryAttempt, EventFields, SendOptions } from './callbacks/sender.ts'
import type { UrlVerification } from './callbacks/verify-url.ts'
import type { CallLog } from './cloud/call-log.ts'
import type {
  ActionInputs,
  AddFriendInput,
  Message,
  MessageContent,
  NetworkMode,
  Pair,
  StreamEvent,
} from './control-types.ts'
import type { CallbackSettings, LatencyRange, Limits, PublicSettings } from './settings.ts'
import type { JsSdkSignature, JsSdkVerdict } from './sign-in/js-sdk-signature.ts'
import type { Webview } from './webview.ts'
import type { Media, World } from './world/model.ts'

/** `delivered` settles when WeCom is done with the callback: answered 200, or given up after its retries. */
export interface Happened {
  delivered: Promise<Delivery | null>
}

export interface Befriended extends Happened {
  externalUserId: string
  /** Absent in the cases of doc 92130. */
  welcomeCode?: string
}

export interface Simulator {
  /** Serves as WECOM_API_URL and WECOM_OAUTH_URL, and shows the client page. */
  readonly url: string
  readonly smsUrl: string
  readonly settings: PublicSettings
  readonly world: World
  readonly calls: CallLog
  /** Every try of every callback, oldest first. */
  readonly deliveries: readonly DeliveryAttempt[]
  readonly network: NetworkMode
  /** Stands in for the product's public origin; there when `webviewPort` was given. */
  readonly webview: Webview | undefined
  now(): Date

  configureCallback(settings: CallbackSettings, receiver?: 'app' | 'contacts'): void
  verifyCallbackUrl(receiver?: 'app' | 'contacts'): Promise<UrlVerification>

  addFriend(input: AddFriendInput): Promise<Befriended>
  confirmHalf(pair: Pair): Promise<Happened & { welcomeCode?: string }>
  deleteByCustomer(pair: Pair): Promise<Happened>
  deleteByGuide(pair: Pair, options?: { transfer?: boolean }): Promise<Happened>
  editRemark(input: ActionInputs['editRemark']): Promise<Happened>
  editTags(input: ActionInputs['editTags']): Promise<Happened>
  customerSays(input: ActionInputs['customerSays']): Message
  guideSends(input: { guide: string; chat: string; content: MessageContent; via: 'typed' | 'sidebar' }): Message
  markRead(input: ActionInputs['markRead']): void
  showPhone(input: ActionInputs['showPhone']): void

  createTagGroup(input: ActionInputs['createTagGroup']): Promise<Happened & { groupId: string; tagIds: string[] }>
  createTag(input: ActionInputs['createTag']): Promise<Happened & { tagId: string }>
  renameTag(input: ActionInputs['renameTag']): Promise<Happened>
  deleteTag(input: ActionInputs['deleteTag']): Promise<Happened>
  shuffleTags(input: ActionInputs['shuffleTags']): Promise<Happened>

  createGroup(input: ActionInputs['createGroup']): Promise<Happened & { chatId: string }>
  dismissGroup(input: ActionInputs['dismissGroup']): Promise<Happened>
  joinGroup(input: ActionInputs['joinGroup']): Promise<Happened>
  leaveGroup(input: ActionInputs['leaveGroup']): Promise<Happened>
  renameGroup(input: ActionInputs['renameGroup']): Promise<Happened>
  changeNotice(input: ActionInputs['changeNotice']): Promise<Happened>
  changeOwner(input: ActionInputs['changeOwner']): Promise<Happened>

  scanContactWay(input: ActionInputs['scanContactWay']): Promise<Befriended & { guide: string }>
  scanJoinWay(input: ActionInputs['scanJoinWay']): Promise<Happened & { chatId: string }>
  addThroughLink(input: ActionInputs['addThroughLink']): Promise<Befriended & { guide: string }>
  openLink(input: ActionInputs['openLink']): Promise<Happened>
  requestThroughLink(input: ActionInputs['requestThroughLink']): Promise<Happened>
  changeQuota(input: ActionInputs['changeQuota']): Promise<Happened>
  quotaExpiresSoon(): Promise<Happened>
  linkUnavailable(input: ActionInputs['linkUnavailable']): Promise<Happened>
  deleteLink(input: ActionInputs['deleteLink']): Promise<Happened>

  /** A handover that waits takes effect or fails now. */
  settleTransfer(input: ActionInputs['settleTransfer']): Promise<Happened>
  /** Handovers of more than 24 hours ago, on the simulator's clock; any API call settles them too. */
  settleDueTransfers(): Promise<Happened>

  createMember(input: ActionInputs['createMember']): Promise<Happened>
  updateMember(input: ActionInputs['updateMember']): Promise<Happened>
  deleteMember(input: ActionInputs['deleteMember']): Promise<Happened>
  leaveCorp(input: ActionInputs['leaveCorp']): Promise<Happened>
  returnToCorp(input: ActionInputs['returnToCorp']): Promise<Happened>
  changeStanding(input: ActionInputs['changeStanding']): Promise<Happened>
  createDepartment(input: ActionInputs['createDepartment']): Promise<Happened & { departmentId: number }>
  moveDepartment(input: ActionInputs['moveDepartment']): Promise<Happened>
  renameDepartment(input: ActionInputs['renameDepartment']): Promise<Happened>
  deleteDepartment(input: ActionInputs['deleteDepartment']): Promise<Happened>

  /** Any event by hand: the world does not change, only the callback goes out. */
  sendEvent(fields: EventFields, options?: SendOptions): Promise<Delivery>
  /** A code that send_welcome_msg accepts, for events made by hand. */
  issueWelcomeCode(pair: Pair): string
  /** Encrypts and signs without sending, for tests that tamper. */
  seal(fields: EventFields | string, receiver?: 'app' | 'contacts'): SealedCallback
  /** Posts exactly what it is given: malformed bodies, forged signatures, repeated parameters. No retries. */
  sendRaw(callback: RawCallback): Promise<RawAnswer>

  /** The next `times` calls of an endpoint ('externalcontact/get') answer this errcode; -1 is "system busy". */
  failNext(endpoint: string, errcode: number, times?: number): void
  /** Calls of this endpoint are taken in but not answered until the returned function is called. */
  hold(endpoint: string): () => void
  setNetwork(mode: NetworkMode): void
  setLatency(range: LatencyRange): void
  /** The Date header of every answer is off by so many milliseconds. */
  setClockSkew(ms: number): void
  /** false: our IP is not among 企业可信IP, calls answer 60020. */
  setTrustedIp(trusted: boolean): void
  /** false: the app is not among 可调用接口的应用, customer-contact calls answer 48002. */
  setCustomerContact(allowed: boolean): void
  /** The members hardly use WeCom: customer data answers 48011, and the app is told (doc 90240). */
  setLowActivity(low: boolean): Promise<Happened>
  /** An endpoint answers this errcode until it is refused with 0. */
  refuse(endpoint: string, errcode: number): void
  /**
   * Callbacks get lost, doubled and mixed up from now on; undefined: in order and complete again.
   * The `delivered` of a callback that is held back settles when it is let go, at the latest with `flush`.
   */
  setDelivery(settings: DeliverySettings | undefined): void
  /** Waits for what is on its way, then delivers what is held back, one after the other. */
  flush(): Promise<Delivery[]>
  readonly lostCallbacks: DeliveryCounts
  /** groupchat/get answers what was true so many (real) milliseconds ago. */
  setGroupLag(ms: number): void
  setLimits(limits: Partial<Limits>): void
  /** The live token answers 42001 from now on. */
  expireToken(): void
  /** JS-SDK tickets are replaced: what was signed with the old ones answers 40093. */
  expireTicket(): void
  /** The secret was reset in the console: gettoken answers 40001, live tokens 40014. Returns the new secret. */
  revokeSecret(): string

  checkJsSdkSignature(signature: JsSdkSignature): JsSdkVerdict
  findMedia(mediaId: string): Media | undefined

  /** The chat as the customer sees it, oldest first. */
  messages(guide: string, chat: string): Message[]
  onChange(listener: (event: StreamEvent) => void): () => void
  /** Resolves with the predicate's first truthy value, looking again after every change. */
  waitFor<T>(predicate: () => T | undefined | null | false, timeoutMs?: number): Promise<T>
  stop(): Promise<void>
}
