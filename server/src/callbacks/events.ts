/**
 * Every event of WeCom's callbacks that a self-built app or its contacts assistant may receive, by our own names.
 * WeCom's spelling ends in `parse-event.ts`; doc ids are those of developer.work.weixin.qq.com/document/path/<doc>.
 */

interface Follow {
  guideUserId: string
  externalUserId: string
}

interface FollowStarted extends Follow {
  /** The contact way or acquisition link the customer came through. */
  channelState?: string
  /** Absent in the cases of doc 92130: chat already started, already welcomed, WeCom user, console welcome. */
  welcomeCode?: string
}

interface TagChange {
  id: string
  tagType: 'tag' | 'tag_group'
  strategyId?: string
}

interface AppEvent {
  userId: string
  agentId: string
  eventKey?: string
}

interface MenuScan extends AppEvent {
  scanType: string
  scanResult: string
}

interface MenuPicture extends AppEvent {
  count: number
  pictureDigests: string[]
}

interface Card extends AppEvent {
  taskId: string
  cardType: string
  responseCode: string
}

interface AcquisitionLink {
  linkId: string
}

interface AcquisitionVisit extends AcquisitionLink {
  channelState?: string
}

interface MemberChange {
  userId: string
  /** Empty when not told: the payload is reduced for URLs set after 2022-08-15 (doc 90970). */
  departmentIds: string[]
  name?: string
  status?: string
}

interface PartyChange {
  partyId: string
  parentId?: string
  name?: string
}

interface AppNotice {
  agentId: string
}

interface AppDeadline extends AppNotice {
  /** Unix seconds. */
  effectTime?: number
}

export interface CallbackEvents {
  // change_external_contact (doc 92130)
  'follow.added': FollowStarted
  'follow.half_added': FollowStarted
  'follow.edited': Follow
  /** `transferred`: removed by on-job inheritance, not by the guide's own hand. */
  'follow.ended_by_guide': Follow & { transferred: boolean }
  'follow.ended_by_customer': Follow
  'follow.transfer_failed': Follow & { reason: string }
  'follow.archive_approved': Follow & { welcomeCode?: string }

  // change_external_chat (doc 92130)
  'group.created': { chatId: string }
  'group.dismissed': { chatId: string }
  'group.updated': {
    chatId: string
    detail: string
    joinScene?: string
    quitScene?: string
    memberCount?: number
    memberIds: string[]
    lastMemberVersion?: string
    memberVersion?: string
  }

  // change_external_tag (doc 92130)
  'tag.created': TagChange
  'tag.updated': TagChange
  'tag.deleted': TagChange
  /** Without an id the order of all groups has changed. */
  'tag.shuffled': { groupId?: string; strategyId?: string }

  // customer_acquisition (doc 97299)
  'acquisition.balance_low': Record<string, never>
  'acquisition.balance_exhausted': Record<string, never>
  'acquisition.balance_increased': Record<string, never>
  'acquisition.quota_expiring': { expiresAt?: number; quota?: number }
  'acquisition.link_unavailable': AcquisitionLink
  'acquisition.link_deleted': AcquisitionLink
  'acquisition.profile_opened': AcquisitionVisit
  'acquisition.friend_requested': AcquisitionVisit
  'acquisition.chat_started': Follow & AcquisitionLink
  'acquisition.customer_wrote': AcquisitionLink & { chatKey: string }

  // change_contact (docs 90970, 90971, 90972): the contacts assistant's endpoint
  'contact.user_created': MemberChange
  'contact.user_updated': MemberChange & { newUserId?: string }
  'contact.user_deleted': { userId: string }
  'contact.party_created': PartyChange
  'contact.party_updated': PartyChange
  'contact.party_deleted': { partyId: string }
  'contact.tag_updated': {
    tagId: string
    addedUserIds: string[]
    removedUserIds: string[]
    addedPartyIds: string[]
    removedPartyIds: string[]
  }

  // app events (doc 90240)
  'app.subscribed': AppEvent
  'app.unsubscribed': AppEvent
  'app.entered': AppEvent
  'app.located': AppEvent & { latitude: number; longitude: number; precision: number }
  'app.menu_clicked': AppEvent
  'app.menu_link_opened': AppEvent
  'app.menu_miniprogram_opened': AppEvent
  'app.menu_scanned': MenuScan
  'app.menu_scanned_waiting': MenuScan
  'app.menu_photo_taken': MenuPicture
  'app.menu_photo_or_album': MenuPicture
  'app.menu_album': MenuPicture
  'app.menu_location_chosen': AppEvent & { latitude: number; longitude: number; label?: string; placeName?: string }
  'app.card_clicked': Card & { selected: { questionKey: string; optionIds: string[] }[] }
  'app.card_menu_clicked': Card
  'app.batch_job_done': { jobId: string; jobType: string; errcode: string; errmsg: string }
  'app.media_upload_done': { jobId: string }
  'app.inactive_alert': AppDeadline
  'app.low_active_alert': AppDeadline
  'app.closed_inactive': AppNotice
  'app.reopened': AppNotice
  /** Customer data is withheld from now on (errcode 48011). */
  'app.low_active': AppNotice
  'app.active_restored': AppNotice
  'app.share_agent_changed': AppNotice
  'app.share_chain_changed': AppNotice
  'app.open_approval_changed': AppNotice & { thirdNo: string; templateId: string; status: string }
  'app.approval_changed': AppNotice & { spNo: string; status: string; changeEvent?: string }

  /** What a member types into the app (doc 90239); its text is not read. */
  'app.message': { userId: string; agentId: string; messageId: string; messageType: string }

  /** Anything else: kept, counted, not handled. */
  unknown: { wecomEvent: string; changeType?: string }
}

export type EventName = keyof CallbackEvents
export type Endpoint = 'app' | 'contacts'

export type CallbackEvent<N extends EventName = EventName> = {
  [K in N]: { name: K; data: CallbackEvents[K]; at: Date; receivedAt: Date }
}[N]
