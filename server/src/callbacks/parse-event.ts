import { hash } from 'node:crypto'
import { AppError } from '../errors.ts'
import { childOf, childrenOf, parseXml, textOf, textsOf, type XmlElement, XmlError } from '../wecom/xml.ts'
import type { CallbackEvents, Endpoint, EventName } from './events.ts'

export interface ParsedEvent {
  name: EventName
  data: CallbackEvents[EventName]
  at: Date
  /** SHA-256 over what makes this callback itself, so that a redelivery is known and two friends never collide. */
  digest: string
}

type Reader<N extends EventName> = (xml: XmlElement) => CallbackEvents[N]
interface Row<N extends EventName> {
  name: N
  read: Reader<N>
  /** The fields that, with event, change type and time, tell one callback from another (callbacks differ, doc 90238). */
  key: readonly string[]
}

function row<N extends EventName>(name: N, read: Reader<N>, key: readonly string[]): Row<N> {
  return { name, read, key }
}

const pairKey = ['UserID', 'ExternalUserID', 'WelcomeCode']
const tagKey = ['TagType', 'Id', 'StrategyId']
const linkKey = ['LinkId', 'ExternalUserID', 'State', 'ChatKey']
const contactKey = ['UserID', 'Id', 'TagId']
const appKey = ['FromUserName', 'AgentID', 'EventKey', 'TaskId']

/** `Event` or `Event ChangeType`, as WeCom spells them. */
const rows: Record<string, Row<EventName> | undefined> = {
  'change_external_contact add_external_contact': row('follow.added', followStarted, pairKey),
  'change_external_contact add_half_external_contact': row('follow.half_added', followStarted, pairKey),
  'change_external_contact edit_external_contact': row('follow.edited', follow, pairKey),
  'change_external_contact del_external_contact': row(
    'follow.ended_by_guide',
    (xml) => ({ ...follow(xml), transferred: textOf(xml, 'Source') === 'DELETE_BY_TRANSFER' }),
    pairKey,
  ),
  'change_external_contact del_follow_user': row('follow.ended_by_customer', follow, pairKey),
  'change_external_contact transfer_fail': row(
    'follow.transfer_failed',
    (xml) => ({ ...follow(xml), reason: need(xml, 'FailReason') }),
    pairKey,
  ),
  'change_external_contact msg_audit_approved': row(
    'follow.archive_approved',
    (xml) => ({ ...follow(xml), ...optional({ welcomeCode: textOf(xml, 'WelcomeCode') }) }),
    pairKey,
  ),

  'change_external_chat create': row('group.created', group, ['ChatId']),
  'change_external_chat dismiss': row('group.dismissed', group, ['ChatId']),
  'change_external_chat update': row(
    'group.updated',
    (xml) => ({
      ...group(xml),
      detail: need(xml, 'UpdateDetail'),
      memberIds: textsOf(childOf(xml, 'MemChangeList'), 'Item'),
      ...optional({
        joinScene: textOf(xml, 'JoinScene'),
        quitScene: textOf(xml, 'QuitScene'),
        memberCount: numberOf(xml, 'MemChangeCnt'),
        lastMemberVersion: textOf(xml, 'LastMemVer'),
        memberVersion: textOf(xml, 'CurMemVer'),
      }),
    }),
    ['ChatId', 'UpdateDetail', 'CurMemVer'],
  ),

  'change_external_tag create': row('tag.created', tag, tagKey),
  'change_external_tag update': row('tag.updated', tag, tagKey),
  'change_external_tag delete': row('tag.deleted', tag, tagKey),
  'change_external_tag shuffle': row(
    'tag.shuffled',
    (xml) => optional({ groupId: textOf(xml, 'Id'), strategyId: textOf(xml, 'StrategyId') }),
    tagKey,
  ),

  'customer_acquisition balance_low': row('acquisition.balance_low', nothing, linkKey),
  'customer_acquisition balance_exhausted': row('acquisition.balance_exhausted', nothing, linkKey),
  'customer_acquisition balance_increased': row('acquisition.balance_increased', nothing, linkKey),
  'customer_acquisition quota_expire_soon': row(
    'acquisition.quota_expiring',
    (xml) => optional({ expiresAt: numberOf(xml, 'ExpireTime'), quota: numberOf(xml, 'ExpireQuotaNum') }),
    [...linkKey, 'ExpireTime'],
  ),
  'customer_acquisition link_unavailable': row('acquisition.link_unavailable', link, linkKey),
  'customer_acquisition delete_link': row('acquisition.link_deleted', link, linkKey),
  'customer_acquisition open_profile': row('acquisition.profile_opened', visit, linkKey),
  'customer_acquisition friend_request': row('acquisition.friend_requested', visit, linkKey),
  'customer_acquisition customer_start_chat': row(
    'acquisition.chat_started',
    (xml) => ({ ...follow(xml), ...link(xml) }),
    [...linkKey, 'UserID'],
  ),
  'customer_acquisition message_from_customer': row(
    'acquisition.customer_wrote',
    (xml) => ({ ...link(xml), chatKey: need(xml, 'ChatKey') }),
    linkKey,
  ),

  'change_contact create_user': row('contact.user_created', member, contactKey),
  'change_contact update_user': row(
    'contact.user_updated',
    (xml) => ({ ...member(xml), ...optional({ newUserId: textOf(xml, 'NewUserID') }) }),
    [...contactKey, 'NewUserID', 'Department', 'IsLeaderInDept', 'Status'],
  ),
  'change_contact delete_user': row('contact.user_deleted', (xml) => ({ userId: need(xml, 'UserID') }), contactKey),
  'change_contact create_party': row('contact.party_created', party, contactKey),
  'change_contact update_party': row('contact.party_updated', party, [...contactKey, 'ParentId', 'Name']),
  'change_contact delete_party': row('contact.party_deleted', (xml) => ({ partyId: need(xml, 'Id') }), contactKey),
  'change_contact update_tag': row(
    'contact.tag_updated',
    (xml) => ({
      tagId: need(xml, 'TagId'),
      addedUserIds: commaList(xml, 'AddUserItems'),
      removedUserIds: commaList(xml, 'DelUserItems'),
      addedPartyIds: commaList(xml, 'AddPartyItems'),
      removedPartyIds: commaList(xml, 'DelPartyItems'),
    }),
    [...contactKey, 'AddUserItems', 'DelUserItems', 'AddPartyItems', 'DelPartyItems'],
  ),

  subscribe: row('app.subscribed', appEvent, appKey),
  unsubscribe: row('app.unsubscribed', appEvent, appKey),
  enter_agent: row('app.entered', appEvent, appKey),
  LOCATION: row(
    'app.located',
    (xml) => ({
      ...appEvent(xml),
      latitude: needNumber(xml, 'Latitude'),
      longitude: needNumber(xml, 'Longitude'),
      precision: needNumber(xml, 'Precision'),
    }),
    appKey,
  ),
  click: row('app.menu_clicked', appEvent, appKey),
  view: row('app.menu_link_opened', appEvent, appKey),
  view_miniprogram: row('app.menu_miniprogram_opened', appEvent, appKey),
  scancode_push: row('app.menu_scanned', scan, [...appKey, 'ScanCodeInfo']),
  scancode_waitmsg: row('app.menu_scanned_waiting', scan, [...appKey, 'ScanCodeInfo']),
  pic_sysphoto: row('app.menu_photo_taken', picture, [...appKey, 'SendPicsInfo']),
  pic_photo_or_album: row('app.menu_photo_or_album', picture, [...appKey, 'SendPicsInfo']),
  pic_weixin: row('app.menu_album', picture, [...appKey, 'SendPicsInfo']),
  location_select: row(
    'app.menu_location_chosen',
    (xml) => {
      const place = childOf(xml, 'SendLocationInfo')
      return {
        ...appEvent(xml),
        latitude: needNumber(place, 'Location_X'),
        longitude: needNumber(place, 'Location_Y'),
        ...optional({ label: textOf(place, 'Label'), placeName: textOf(place, 'Poiname') }),
      }
    },
    [...appKey, 'SendLocationInfo'],
  ),
  template_card_event: row(
    'app.card_clicked',
    (xml) => ({
      ...card(xml),
      selected: childrenOf(childOf(xml, 'SelectedItems'), 'SelectedItem').map((item) => ({
        questionKey: textOf(item, 'QuestionKey')?.trim() ?? '',
        optionIds: textsOf(childOf(item, 'OptionIds'), 'OptionId'),
      })),
    }),
    [...appKey, 'ResponseCode'],
  ),
  template_card_menu_event: row('app.card_menu_clicked', card, [...appKey, 'ResponseCode']),
  batch_job_result: row(
    'app.batch_job_done',
    (xml) => {
      const job = childOf(xml, 'BatchJob')
      return {
        jobId: need(job, 'JobId'),
        jobType: need(job, 'JobType'),
        errcode: textOf(job, 'ErrCode') ?? '0',
        errmsg: textOf(job, 'ErrMsg') ?? '',
      }
    },
    ['BatchJob'],
  ),
  upload_media_job_finish: row('app.media_upload_done', (xml) => ({ jobId: need(xml, 'JobId') }), ['JobId']),
  inactive_alert: row('app.inactive_alert', deadline, [...appKey, 'EffectTime']),
  low_active_alert: row('app.low_active_alert', deadline, [...appKey, 'EffectTime']),
  close_inactive_agent: row('app.closed_inactive', notice, appKey),
  reopen_inactive_agent: row('app.reopened', notice, appKey),
  low_active: row('app.low_active', notice, appKey),
  active_restored: row('app.active_restored', notice, appKey),
  share_agent_change: row('app.share_agent_changed', notice, appKey),
  share_chain_change: row('app.share_chain_changed', notice, appKey),
  open_approval_change: row(
    'app.open_approval_changed',
    (xml) => {
      const approval = childOf(xml, 'ApprovalInfo')
      return {
        ...notice(xml),
        thirdNo: need(approval, 'ThirdNo'),
        templateId: textOf(approval, 'OpenTemplateId') ?? '',
        status: textOf(approval, 'OpenSpStatus') ?? '',
      }
    },
    [...appKey, 'ApprovalInfo'],
  ),
  sys_approval_change: row(
    'app.approval_changed',
    (xml) => {
      const approval = childOf(xml, 'ApprovalInfo')
      return {
        ...notice(xml),
        spNo: need(approval, 'SpNo'),
        status: textOf(approval, 'SpStatus') ?? '',
        ...optional({ changeEvent: textOf(approval, 'StatuChangeEvent') }),
      }
    },
    [...appKey, 'ApprovalInfo'],
  ),
}

/**
 * Reads a decrypted callback. An event we do not know, or whose fields are not what WeCom documents, becomes `unknown`
 * and is known again by its whole content. Throws bad_event when it is no event at all.
 */
export function parseEvent(xmlText: string, endpoint: Endpoint, envelopeAgentId: string | undefined): ParsedEvent {
  const xml = readXml(xmlText)
  const at = new Date(needNumber(xml, 'CreateTime') * 1000)
  if (Number.isNaN(at.getTime())) throw new AppError('bad_event', { detail: 'CreateTime is out of range' })
  const messageType = need(xml, 'MsgType')
  const wecomEvent = textOf(xml, 'Event')
  const changeType = textOf(xml, 'ChangeType')

  const found =
    messageType === 'event'
      ? rows[changeType === undefined ? `${wecomEvent}` : `${wecomEvent} ${changeType}`]
      : messageRow
  const { name, data, key } = read(found ?? unknownRow, xml)
  // Several apps of a corp may share one URL, and each gets its own copy: the envelope's app is part of the key.
  const identity = [endpoint, envelopeAgentId, messageType, wecomEvent, changeType, textOf(xml, 'CreateTime')]
  const content = name === 'unknown' ? [xmlText] : key.map((field) => xml[field] ?? null)
  return { name, data, at, digest: sha256(JSON.stringify([identity, content])) }
}

/** WeCom publishes no optionality, so a verified event that lacks a field is kept as unknown, not turned away. */
function read({ name, read, key }: Row<EventName>, xml: XmlElement) {
  try {
    return { name, data: read(xml), key }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { name: unknownRow.name, data: unknownRow.read(xml), key: unknownRow.key }
  }
}

const messageRow = row(
  'app.message',
  (xml) => ({
    userId: need(xml, 'FromUserName'),
    agentId: textOf(xml, 'AgentID') ?? '',
    messageId: need(xml, 'MsgId'),
    messageType: need(xml, 'MsgType'),
  }),
  ['MsgId'],
)

const unknownRow = row(
  'unknown',
  (xml) => ({ wecomEvent: textOf(xml, 'Event') ?? '', ...optional({ changeType: textOf(xml, 'ChangeType') }) }),
  [],
)

function readXml(text: string): XmlElement {
  try {
    return parseXml(text)
  } catch (cause) {
    if (cause instanceof XmlError) throw new AppError('bad_event', { detail: cause.message, cause })
    throw cause
  }
}

function follow(xml: XmlElement) {
  return { guideUserId: need(xml, 'UserID'), externalUserId: need(xml, 'ExternalUserID') }
}

function followStarted(xml: XmlElement) {
  return {
    ...follow(xml),
    ...optional({ channelState: textOf(xml, 'State'), welcomeCode: textOf(xml, 'WelcomeCode') }),
  }
}

function group(xml: XmlElement) {
  return { chatId: need(xml, 'ChatId') }
}

function tag(xml: XmlElement) {
  const tagType: 'tag' | 'tag_group' = textOf(xml, 'TagType') === 'tag_group' ? 'tag_group' : 'tag'
  return { id: need(xml, 'Id'), tagType, ...optional({ strategyId: textOf(xml, 'StrategyId') }) }
}

function link(xml: XmlElement) {
  return { linkId: need(xml, 'LinkId') }
}

function visit(xml: XmlElement) {
  return { ...link(xml), ...optional({ channelState: textOf(xml, 'State') }) }
}

function member(xml: XmlElement) {
  return {
    userId: need(xml, 'UserID'),
    departmentIds: commaList(xml, 'Department'),
    ...optional({ name: textOf(xml, 'Name'), status: textOf(xml, 'Status') }),
  }
}

function party(xml: XmlElement) {
  return {
    partyId: need(xml, 'Id'),
    ...optional({ parentId: textOf(xml, 'ParentId'), name: textOf(xml, 'Name') }),
  }
}

function appEvent(xml: XmlElement) {
  return {
    userId: need(xml, 'FromUserName'),
    agentId: textOf(xml, 'AgentID') ?? '',
    ...optional({ eventKey: textOf(xml, 'EventKey') }),
  }
}

function scan(xml: XmlElement) {
  const info = childOf(xml, 'ScanCodeInfo')
  return { ...appEvent(xml), scanType: textOf(info, 'ScanType') ?? '', scanResult: textOf(info, 'ScanResult') ?? '' }
}

function picture(xml: XmlElement) {
  const info = childOf(xml, 'SendPicsInfo')
  const items = [...childrenOf(childOf(info, 'PicList'), 'item'), ...childrenOf(childOf(info, 'PicList'), 'Item')]
  return {
    ...appEvent(xml),
    count: numberOf(info, 'Count') ?? 0,
    pictureDigests: items.flatMap((item) => textsOf(item, 'PicMd5Sum')),
  }
}

function card(xml: XmlElement) {
  return {
    ...appEvent(xml),
    taskId: need(xml, 'TaskId'),
    cardType: textOf(xml, 'CardType') ?? '',
    responseCode: textOf(xml, 'ResponseCode') ?? '',
  }
}

function notice(xml: XmlElement) {
  return { agentId: textOf(xml, 'AgentID') ?? '' }
}

function deadline(xml: XmlElement) {
  return { ...notice(xml), ...optional({ effectTime: numberOf(xml, 'EffectTime') }) }
}

function nothing(): Record<string, never> {
  return {}
}

function need(xml: XmlElement, name: string): string {
  const text = textOf(xml, name)?.trim()
  if (!text) throw new AppError('bad_event', { detail: `${name} is missing` })
  return text
}

function numberOf(xml: XmlElement, name: string): number | undefined {
  const text = textOf(xml, name)?.trim()
  if (!text) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function needNumber(xml: XmlElement, name: string): number {
  const value = numberOf(xml, name)
  if (value === undefined) throw new AppError('bad_event', { detail: `${name} is missing or no number` })
  return value
}

function commaList(xml: XmlElement, name: string): string[] {
  return (textOf(xml, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

/** Leaves out what has no value, so that an absent field stays absent. */
function optional<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present: { [K in keyof T]?: T[K] } = {}
  for (const name in fields) if (fields[name] !== undefined) present[name] = fields[name]
  return present as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64url')
}
