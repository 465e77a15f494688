/** Shapes of WeCom's answers, in WeCom's own spelling. Optional: the field may be absent or is not for every corp. */

export interface Member {
  userid: string
  name: string
  department: number[]
  main_department?: number
  position?: string
  alias?: string
  /** 1 active, 2 disabled, 4 not activated, 5 left (doc 90196). */
  status?: number
  /** Not for every app; does not change with the userid (doc 90200). */
  open_userid?: string
}

/** doc 90208 */
export interface DepartmentDetail {
  id: number
  name?: string
  parentid: number
  order: number
}

/** doc 92114 */
export interface ExternalContact {
  external_userid: string
  name: string
  /** 1 WeChat user, 2 WeCom user. */
  type: number
  avatar?: string
  /** 0 unknown, 1 male, 2 female. */
  gender: number
  unionid?: string
  position?: string
  corp_name?: string
  corp_full_name?: string
}

/** One relation as externalcontact/get tells it (doc 92114). */
export interface FollowUser {
  userid: string
  remark?: string
  description?: string
  /** Unix seconds. */
  createtime: number
  /** type 1 corp tag, 2 the member's own (no tag_id), 3 rule-group tag. */
  tags?: { group_name?: string; tag_name: string; tag_id?: string; type: number }[]
  remark_corp_name?: string
  remark_mobiles?: string[]
  add_way?: number
  oper_userid?: string
  state?: string
}

export interface ExternalContactDetail {
  external_contact: ExternalContact
  follow_user: FollowUser[]
  /** Only with more than 500 followers. */
  next_cursor?: string
}

/** doc 92994: one relation a row; tags by id only. */
export interface BatchByUser {
  external_contact_list: {
    external_contact: ExternalContact
    follow_info: Omit<FollowUser, 'tags'> & { tag_id?: string[] }
  }[]
  next_cursor?: string
}

/** doc 92117; times in Unix seconds, larger orders first. `deleted` is told only where ids were asked for. */
export interface CorpTagGroup {
  group_id: string
  group_name: string
  create_time: number
  order: number
  deleted?: boolean
  tag: { id: string; name: string; create_time: number; order: number; deleted?: boolean }[]
}

/** doc 92228 */
export interface ContactWay {
  config_id: string
  remark: string
  skip_verify: boolean
  state: string
  /** Only of a QR code: the address of its picture. */
  qr_code?: string
  user: string[]
}

/** doc 97297 */
export interface AcquisitionLinkDetail {
  link: { link_name: string; url: string; create_time: number; skip_verify: boolean }
  range: { user_list?: string[]; department_list?: number[] }
}

/** doc 92122 */
export interface GroupChatDetail {
  chat_id: string
  name: string
  owner: string
  create_time: number
  notice?: string
  member_list: {
    userid: string
    /** 1 a member of the corp, 2 external. */
    type: number
    unionid?: string
    /** Unix seconds. */
    join_time: number
    /** 1 direct invite, 2 invite link, 3 QR code. */
    join_scene: number
    /** Only if a member of the corp invited. */
    invitor?: { userid: string }
    group_nickname?: string
    /** Only with need_name=1. */
    name?: string
    /** Only through a join way with a state (doc 92229). */
    state?: string
  }[]
  admin_list: { userid: string }[]
  member_version?: string
}

/** docs 94088, 94082 */
export interface TransferQuestion {
  handover_userid: string
  takeover_userid: string
  cursor?: string
}

export interface TransferResults {
  customer: {
    external_userid: string
    /** 1 done, 2 waiting, 3 refused, 4 limit reached. */
    status: number
    /** Unix seconds; while it waits, of a time to come. */
    takeover_time: number
  }[]
  next_cursor?: string
}

/** docs 95703, 92127: partial failure is errcode 0. */
export interface GroupTransfer {
  failed_chat_list: { chat_id: string; errcode: number; errmsg: string }[]
}

/** doc 92137 */
export type MessageAttachment =
  | { msgtype: 'image'; image: { media_id: string } }
  | { msgtype: 'link'; link: { title: string; url: string; desc?: string; picurl?: string } }
  | { msgtype: 'miniprogram'; miniprogram: { title: string; pic_media_id: string; appid: string; page: string } }
  | { msgtype: 'video'; video: { media_id: string } }
  | { msgtype: 'file'; file: { media_id: string } }

export interface WelcomeMessage {
  welcome_code: string
  text?: { content: string }
  attachments?: MessageAttachment[]
}

/** doc 90236 */
export type AppMessage = {
  /** Userids joined by `|`. */
  touser: string
  agentid: number
  /** 1: identical JSON within half an hour arrives once. */
  enable_duplicate_check?: 0 | 1
} & (
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'textcard'; textcard: { title: string; description: string; url: string; btntxt?: string } }
)

/** doc 90227: the app and who is in its visible range. */
export interface AgentDetail {
  agentid: number
  name: string
  allow_userinfos?: { user?: { userid: string }[] }
  allow_partys?: { partyid?: number[] }
  allow_tags?: { tagid?: number[] }
  /** 1: disabled. */
  close: number
  /** 可信域名, without a scheme. */
  redirect_domain?: string
}

/** doc 90236: partial failure is errcode 0; ids come back in lower case. */
export interface MessageReceipt {
  invaliduser?: string
  msgid?: string
}
