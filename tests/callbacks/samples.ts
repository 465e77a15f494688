/** One sample of every event of WeCom's callbacks: the inner XML's own fields, and what we read in it. */
export interface Sample {
  name: string
  receiver?: 'contacts'
  xml: string
  data: Record<string, unknown>
}

const pair = '<UserID><![CDATA[LinXiao]]></UserID><ExternalUserID><![CDATA[wmAnna]]></ExternalUserID>'
const pairData = { guideUserId: 'LinXiao', externalUserId: 'wmAnna' }

function customer(changeType: string, rest = ''): string {
  return event('change_external_contact', changeType, pair + rest)
}

function event(name: string, changeType: string, rest = ''): string {
  return `<Event><![CDATA[${name}]]></Event><ChangeType><![CDATA[${changeType}]]></ChangeType>${rest}`
}

const app = '<AgentID>1000002</AgentID>'
const appData = { userId: 'LinXiao', agentId: '1000002' }

/** App events come from the member. */
function appEvent(name: string, rest = ''): string {
  return `<FromUserName><![CDATA[LinXiao]]></FromUserName><Event><![CDATA[${name}]]></Event>${app}${rest}`
}

const scan =
  '<EventKey><![CDATA[key]]></EventKey><ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[1]]></ScanResult></ScanCodeInfo>'
const scanData = { ...appData, eventKey: 'key', scanType: 'qrcode', scanResult: '1' }
const pictures =
  '<EventKey><![CDATA[key]]></EventKey><SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum><![CDATA[1b5f7c23b5bf75682a53e7b6d163e185]]></PicMd5Sum></item></PicList></SendPicsInfo>'
const picturesData = {
  ...appData,
  eventKey: 'key',
  count: 1,
  pictureDigests: ['1b5f7c23b5bf75682a53e7b6d163e185'],
}
const card =
  '<EventKey><![CDATA[yes]]></EventKey><TaskId><![CDATA[task1]]></TaskId ><CardType><![CDATA[vote_interaction]]></CardType><ResponseCode><![CDATA[code]]></ResponseCode>'
const cardData = { ...appData, eventKey: 'yes', taskId: 'task1', cardType: 'vote_interaction', responseCode: 'code' }

export const samples: readonly Sample[] = [
  {
    name: 'follow.added',
    xml: customer(
      'add_external_contact',
      '<State><![CDATA[门店12_海报]]></State><WelcomeCode><![CDATA[WCODE]]></WelcomeCode>',
    ),
    data: { ...pairData, channelState: '门店12_海报', welcomeCode: 'WCODE' },
  },
  {
    name: 'follow.half_added',
    xml: customer('add_half_external_contact', '<State></State>'),
    data: pairData,
  },
  { name: 'follow.edited', xml: customer('edit_external_contact'), data: pairData },
  {
    name: 'follow.ended_by_guide',
    xml: customer('del_external_contact', '<Source><![CDATA[DELETE_BY_TRANSFER]]></Source>'),
    data: { ...pairData, transferred: true },
  },
  { name: 'follow.ended_by_guide', xml: customer('del_external_contact'), data: { ...pairData, transferred: false } },
  { name: 'follow.ended_by_customer', xml: customer('del_follow_user'), data: pairData },
  {
    name: 'follow.transfer_failed',
    xml: customer('transfer_fail', '<FailReason><![CDATA[customer_refused]]></FailReason>'),
    data: { ...pairData, reason: 'customer_refused' },
  },
  {
    name: 'follow.archive_approved',
    xml: customer('msg_audit_approved', '<WelcomeCode><![CDATA[WCODE2]]></WelcomeCode>'),
    data: { ...pairData, welcomeCode: 'WCODE2' },
  },
  {
    name: 'group.created',
    xml: event('change_external_chat', 'create', '<ChatId><![CDATA[wr1]]></ChatId>'),
    data: { chatId: 'wr1' },
  },
  {
    name: 'group.dismissed',
    xml: event('change_external_chat', 'dismiss', '<ChatId><![CDATA[wr1]]></ChatId>'),
    data: { chatId: 'wr1' },
  },
  {
    name: 'group.updated',
    xml: event(
      'change_external_chat',
      'update',
      '<ChatId><![CDATA[wr1]]></ChatId><UpdateDetail><![CDATA[add_member]]></UpdateDetail><JoinScene>3</JoinScene><QuitScene>0</QuitScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[wmAnna]]></Item></MemChangeList><LastMemVer><![CDATA[9c3f97c2ada667dfb5f6d03308d963e1]]></LastMemVer><CurMemVer><![CDATA[71217227bbd112ecfe3a49c482195cb4]]></CurMemVer>',
    ),
    data: {
      chatId: 'wr1',
      detail: 'add_member',
      joinScene: '3',
      quitScene: '0',
      memberCount: 1,
      memberIds: ['wmAnna'],
      lastMemberVersion: '9c3f97c2ada667dfb5f6d03308d963e1',
      memberVersion: '71217227bbd112ecfe3a49c482195cb4',
    },
  },
  {
    name: 'tag.created',
    xml: event('change_external_tag', 'create', '<Id>2</Id><TagType><![CDATA[tag]]></TagType>'),
    data: { id: '2', tagType: 'tag' },
  },
  {
    name: 'tag.updated',
    xml: event('change_external_tag', 'update', '<Id><![CDATA[etG]]></Id><TagType><![CDATA[tag_group]]></TagType>'),
    data: { id: 'etG', tagType: 'tag_group' },
  },
  {
    name: 'tag.deleted',
    xml: event(
      'change_external_tag',
      'delete',
      '<Id><![CDATA[etG]]></Id><TagType><![CDATA[tag]]></TagType><StrategyId>7</StrategyId>',
    ),
    data: { id: 'etG', tagType: 'tag', strategyId: '7' },
  },
  { name: 'tag.shuffled', xml: event('change_external_tag', 'shuffle', '<Id></Id>'), data: {} },
  { name: 'acquisition.balance_low', xml: event('customer_acquisition', 'balance_low'), data: {} },
  { name: 'acquisition.balance_exhausted', xml: event('customer_acquisition', 'balance_exhausted'), data: {} },
  { name: 'acquisition.balance_increased', xml: event('customer_acquisition', 'balance_increased'), data: {} },
  {
    name: 'acquisition.quota_expiring',
    xml: event(
      'customer_acquisition',
      'quota_expire_soon',
      '<ExpireTime>1690459200</ExpireTime><ExpireQuotaNum>1000</ExpireQuotaNum>',
    ),
    data: { expiresAt: 1690459200, quota: 1000 },
  },
  ...(['link_unavailable', 'delete_link'] as const).map((changeType) => ({
    name: changeType === 'delete_link' ? 'acquisition.link_deleted' : 'acquisition.link_unavailable',
    xml: event('customer_acquisition', changeType, '<LinkId><![CDATA[cawc1]]></LinkId>'),
    data: { linkId: 'cawc1' },
  })),
  ...(['open_profile', 'friend_request'] as const).map((changeType) => ({
    name: changeType === 'open_profile' ? 'acquisition.profile_opened' : 'acquisition.friend_requested',
    xml: event(
      'customer_acquisition',
      changeType,
      '<LinkId><![CDATA[cawc1]]></LinkId><State><![CDATA[live8]]></State>',
    ),
    data: { linkId: 'cawc1', channelState: 'live8' },
  })),
  {
    name: 'acquisition.chat_started',
    xml: event('customer_acquisition', 'customer_start_chat', `${pair}<LinkId><![CDATA[cawc1]]></LinkId>`),
    data: { ...pairData, linkId: 'cawc1' },
  },
  {
    name: 'acquisition.customer_wrote',
    xml: event(
      'customer_acquisition',
      'message_from_customer',
      '<LinkId><![CDATA[cawc1]]></LinkId><ChatKey><![CDATA[key1]]></ChatKey>',
    ),
    data: { linkId: 'cawc1', chatKey: 'key1' },
  },
  {
    name: 'contact.user_created',
    receiver: 'contacts',
    xml: event(
      'change_contact',
      'create_user',
      '<UserID><![CDATA[zhangsan]]></UserID><Department><![CDATA[1,2,3]]></Department>',
    ),
    data: { userId: 'zhangsan', departmentIds: ['1', '2', '3'] },
  },
  {
    name: 'contact.user_updated',
    receiver: 'contacts',
    xml: event(
      'change_contact',
      'update_user',
      '<UserID><![CDATA[zhangsan]]></UserID><NewUserID><![CDATA[zhangsan001]]></NewUserID>',
    ),
    data: { userId: 'zhangsan', departmentIds: [], newUserId: 'zhangsan001' },
  },
  {
    name: 'contact.user_deleted',
    receiver: 'contacts',
    xml: event('change_contact', 'delete_user', '<UserID><![CDATA[zhangsan]]></UserID>'),
    data: { userId: 'zhangsan' },
  },
  {
    name: 'contact.party_created',
    receiver: 'contacts',
    xml: event('change_contact', 'create_party', '<Id>2</Id><ParentId><![CDATA[1]]></ParentId>'),
    data: { partyId: '2', parentId: '1' },
  },
  {
    name: 'contact.party_updated',
    receiver: 'contacts',
    xml: event('change_contact', 'update_party', '<Id>2</Id><ParentId><![CDATA[3]]></ParentId>'),
    data: { partyId: '2', parentId: '3' },
  },
  {
    name: 'contact.party_deleted',
    receiver: 'contacts',
    xml: event('change_contact', 'delete_party', '<Id>2</Id>'),
    data: { partyId: '2' },
  },
  {
    name: 'contact.tag_updated',
    receiver: 'contacts',
    xml: event(
      'change_contact',
      'update_tag',
      '<TagId>1</TagId><AddUserItems><![CDATA[zhangsan,lisi]]></AddUserItems><DelPartyItems><![CDATA[3,4]]></DelPartyItems>',
    ),
    data: {
      tagId: '1',
      addedUserIds: ['zhangsan', 'lisi'],
      removedUserIds: [],
      addedPartyIds: [],
      removedPartyIds: ['3', '4'],
    },
  },
  { name: 'app.subscribed', xml: appEvent('subscribe'), data: appData },
  { name: 'app.unsubscribed', xml: appEvent('unsubscribe', '<EventKey></EventKey>'), data: appData },
  { name: 'app.entered', xml: appEvent('enter_agent', '<EventKey><![CDATA[]]></EventKey>'), data: appData },
  {
    name: 'app.located',
    xml: appEvent(
      'LOCATION',
      '<Latitude>31.2304</Latitude><Longitude>121.4737</Longitude><Precision>65.0</Precision><AppType><![CDATA[wxwork]]></AppType>',
    ),
    data: { ...appData, latitude: 31.2304, longitude: 121.4737, precision: 65 },
  },
  ...(
    [
      ['click', 'app.menu_clicked'],
      ['view', 'app.menu_link_opened'],
      ['view_miniprogram', 'app.menu_miniprogram_opened'],
    ] as const
  ).map(([wecom, name]) => ({
    name,
    xml: appEvent(wecom, '<EventKey><![CDATA[key]]></EventKey>'),
    data: { ...appData, eventKey: 'key' },
  })),
  { name: 'app.menu_scanned', xml: appEvent('scancode_push', scan), data: scanData },
  { name: 'app.menu_scanned_waiting', xml: appEvent('scancode_waitmsg', scan), data: scanData },
  { name: 'app.menu_photo_taken', xml: appEvent('pic_sysphoto', pictures), data: picturesData },
  { name: 'app.menu_photo_or_album', xml: appEvent('pic_photo_or_album', pictures), data: picturesData },
  { name: 'app.menu_album', xml: appEvent('pic_weixin', pictures), data: picturesData },
  {
    name: 'app.menu_location_chosen',
    xml: appEvent(
      'location_select',
      '<EventKey><![CDATA[6]]></EventKey><SendLocationInfo><Location_X>23.1</Location_X><Location_Y>113.2</Location_Y><Scale>15</Scale><Label><![CDATA[广州]]></Label><Poiname></Poiname></SendLocationInfo>',
    ),
    data: { ...appData, eventKey: '6', latitude: 23.1, longitude: 113.2, label: '广州' },
  },
  {
    name: 'app.card_clicked',
    xml: appEvent(
      'template_card_event',
      `${card}<SelectedItems><SelectedItem><QuestionKey><![CDATA[q1]]></QuestionKey><OptionIds><OptionId><![CDATA[a]]></OptionId><OptionId><![CDATA[b]]></OptionId></OptionIds></SelectedItem></SelectedItems>`,
    ),
    data: { ...cardData, selected: [{ questionKey: 'q1', optionIds: ['a', 'b'] }] },
  },
  { name: 'app.card_menu_clicked', xml: appEvent('template_card_menu_event', card), data: cardData },
  {
    name: 'app.batch_job_done',
    xml: '<Event><![CDATA[batch_job_result]]></Event><BatchJob><JobId><![CDATA[S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4]]></JobId><JobType><![CDATA[sync_user]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob>',
    data: { jobId: 'S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4', jobType: 'sync_user', errcode: '0', errmsg: 'ok' },
  },
  {
    name: 'app.media_upload_done',
    xml: '<Event><![CDATA[upload_media_job_finish]]></Event><JobId><![CDATA[jobid_1]]></JobId>',
    data: { jobId: 'jobid_1' },
  },
  ...(['inactive_alert', 'low_active_alert'] as const).map((wecom) => ({
    name: `app.${wecom}`,
    xml: appEvent(wecom, '<EffectTime>1700000000</EffectTime>'),
    data: { agentId: '1000002', effectTime: 1700000000 },
  })),
  ...(
    [
      ['close_inactive_agent', 'app.closed_inactive'],
      ['reopen_inactive_agent', 'app.reopened'],
      ['low_active', 'app.low_active'],
      ['active_restored', 'app.active_restored'],
      ['share_agent_change', 'app.share_agent_changed'],
      ['share_chain_change', 'app.share_chain_changed'],
    ] as const
  ).map(([wecom, name]) => ({ name, xml: appEvent(wecom), data: { agentId: '1000002' } })),
  {
    name: 'app.open_approval_changed',
    xml: appEvent(
      'open_approval_change',
      '<ApprovalInfo><ThirdNo><![CDATA[201806010001]]></ThirdNo><OpenTemplateId><![CDATA[1234567890]]></OpenTemplateId><OpenSpStatus>1</OpenSpStatus></ApprovalInfo>',
    ),
    data: { agentId: '1000002', thirdNo: '201806010001', templateId: '1234567890', status: '1' },
  },
  {
    name: 'app.approval_changed',
    xml: appEvent(
      'sys_approval_change',
      '<ApprovalInfo><SpNo>201910290001</SpNo><SpStatus>2</SpStatus><StatuChangeEvent>2</StatuChangeEvent></ApprovalInfo>',
    ),
    data: { agentId: '1000002', spNo: '201910290001', status: '2', changeEvent: '2' },
  },
  {
    name: 'app.message',
    xml: '<FromUserName><![CDATA[LinXiao]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[在吗]]></Content><MsgId>4561255354251345929</MsgId><AgentID>1000002</AgentID>',
    data: { userId: 'LinXiao', agentId: '1000002', messageId: '4561255354251345929', messageType: 'text' },
  },
  {
    name: 'unknown',
    xml: event('change_something_new', 'invented_tomorrow', '<Whatever>1</Whatever>'),
    data: { wecomEvent: 'change_something_new', changeType: 'invented_tomorrow' },
  },
  {
    name: 'unknown',
    xml: event('change_external_contact', 'add_external_contact', '<UserID><![CDATA[LinXiao]]></UserID>'),
    data: { wecomEvent: 'change_external_contact', changeType: 'add_external_contact' },
  },
]

/** The whole inner XML, with the common fields the sample itself does not give. */
export function innerXml({ xml }: Sample, createTime: number): string {
  const from = xml.includes('<FromUserName>') ? '' : '<FromUserName><![CDATA[sys]]></FromUserName>'
  const type = xml.includes('<MsgType>') ? '' : '<MsgType><![CDATA[event]]></MsgType>'
  return `<xml><ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName>${from}<CreateTime>${createTime}</CreateTime>${type}${xml}</xml>`
}
