/**
 * WeCom's server API, as much of it as the product uses: one row an endpoint, so a new one is one row.
 * Shapes and doc ids are those of developer.work.weixin.qq.com/document/path/<doc>.
 */
import type {
  AcquisitionLinkDetail,
  AgentDetail,
  AppMessage,
  BatchByUser,
  ContactWay,
  CorpTagGroup,
  DepartmentDetail,
  ExternalContactDetail,
  GroupChatDetail,
  GroupTransfer,
  Member,
  MessageReceipt,
  TransferQuestion,
  TransferResults,
  WelcomeMessage,
} from './shapes.ts'

interface Endpoint<Params, Answer> {
  method: 'GET' | 'POST'
  doc: string
  /** Only for the types; never set. */
  readonly types?: { params: Params; answer: Answer }
}

const get = <P, A>(doc: string): Endpoint<P, A> => ({ method: 'GET', doc })
const post = <P, A>(doc: string): Endpoint<P, A> => ({ method: 'POST', doc })

type Empty = Record<string, never>

export const endpoints = {
  'auth/getuserinfo': get<{ code: string }, { userid?: string; openid?: string; external_userid?: string }>('91023'),
  'user/get': get<{ userid: string }, Member>('90196'),
  'user/simplelist': get<{ department_id: string }, { userlist: Member[] }>('90200'),
  'user/list': get<{ department_id: string }, { userlist: Member[] }>('90201'),
  'department/list': get<{ id?: string }, { department: DepartmentDetail[] }>('90208'),
  'department/simplelist': get<{ id?: number }, { department_id: { id: number; parentid: number; order: number }[] }>(
    '95350',
  ),
  'externalcontact/get_follow_user_list': get<Empty, { follow_user: string[] }>('92571'),
  'externalcontact/list': get<{ userid: string }, { external_userid: string[] }>('92113'),
  'externalcontact/get': get<{ external_userid: string; cursor?: string }, ExternalContactDetail>('92114'),
  'externalcontact/batch/get_by_user': post<{ userid_list: string[]; cursor?: string; limit?: number }, BatchByUser>(
    '92994',
  ),
  'externalcontact/remark': post<
    {
      userid: string
      external_userid: string
      remark?: string
      description?: string
      remark_company?: string
      remark_mobiles?: string[]
    },
    Empty
  >('92115'),
  'externalcontact/get_corp_tag_list': post<{ tag_id?: string[]; group_id?: string[] }, { tag_group: CorpTagGroup[] }>(
    '92117',
  ),
  'externalcontact/add_corp_tag': post<
    { group_id?: string; group_name?: string; order?: number; tag: { name: string; order?: number }[] },
    { tag_group: CorpTagGroup }
  >('92117'),
  'externalcontact/edit_corp_tag': post<{ id: string; name?: string; order?: number }, Empty>('92117'),
  'externalcontact/mark_tag': post<
    { userid: string; external_userid: string; add_tag?: string[]; remove_tag?: string[] },
    Empty
  >('92118'),
  'externalcontact/groupchat/list': post<
    { status_filter?: number; owner_filter?: { userid_list: string[] }; cursor?: string; limit: number },
    { group_chat_list: { chat_id: string; status: number }[]; next_cursor?: string }
  >('92120'),
  'externalcontact/transfer_customer': post<
    { handover_userid: string; takeover_userid: string; external_userid: string[]; transfer_success_msg?: string },
    { customer: { external_userid: string; errcode: number }[] }
  >('92125'),
  'externalcontact/transfer_result': post<TransferQuestion, TransferResults>('94088'),
  'externalcontact/get_unassigned_list': post<
    { page_size: number; cursor?: string },
    { info: { handover_userid: string; external_userid: string; dimission_time: number }[]; next_cursor?: string }
  >('92124'),
  'externalcontact/resigned/transfer_customer': post<
    { handover_userid: string; takeover_userid: string; external_userid: string[] },
    { customer: { external_userid: string; errcode: number }[] }
  >('94081'),
  'externalcontact/resigned/transfer_result': post<TransferQuestion, TransferResults>('94082'),
  'externalcontact/groupchat/onjob_transfer': post<{ chat_id_list: string[]; new_owner: string }, GroupTransfer>(
    '95703',
  ),
  'externalcontact/groupchat/transfer': post<{ chat_id_list: string[]; new_owner: string }, GroupTransfer>('92127'),
  'externalcontact/groupchat/get': post<{ chat_id: string; need_name?: 0 | 1 }, { group_chat: GroupChatDetail }>(
    '92122',
  ),
  'externalcontact/add_contact_way': post<
    { type: 1 | 2; scene: 2; remark: string; skip_verify: boolean; state: string; user: string[] },
    { config_id: string; qr_code?: string }
  >('92228'),
  'externalcontact/get_contact_way': post<{ config_id: string }, { contact_way: ContactWay }>('92228'),
  'externalcontact/list_contact_way': post<
    { start_time: number; end_time: number; cursor?: string; limit: number },
    { contact_way: { config_id: string }[]; next_cursor?: string }
  >('92228'),
  'externalcontact/update_contact_way': post<
    { config_id: string; remark: string; skip_verify: boolean; user: string[] },
    Empty
  >('92228'),
  'externalcontact/del_contact_way': post<{ config_id: string }, Empty>('92228'),
  'externalcontact/customer_acquisition/create_link': post<
    { link_name: string; range: { user_list: string[] }; skip_verify: boolean },
    { link: { link_id: string; url: string } }
  >('97297'),
  'externalcontact/customer_acquisition/get': post<{ link_id: string }, AcquisitionLinkDetail>('97297'),
  'externalcontact/customer_acquisition/list_link': post<
    { limit: number; cursor?: string },
    { link_id_list: string[]; next_cursor?: string }
  >('97297'),
  'externalcontact/customer_acquisition/update_link': post<
    { link_id: string; link_name: string; range: { user_list: string[] }; skip_verify: boolean },
    Empty
  >('97297'),
  'externalcontact/customer_acquisition/delete_link': post<{ link_id: string }, Empty>('97297'),
  'externalcontact/send_welcome_msg': post<WelcomeMessage, Empty>('92137'),
  'message/send': post<AppMessage, MessageReceipt>('90236'),
  'agent/get': get<{ agentid: string }, AgentDetail>('90227'),
  getcallbackip: get<Empty, { ip_list: string[] }>('92521'),
} as const

export type EndpointName = keyof typeof endpoints
type Types<N extends EndpointName> = NonNullable<(typeof endpoints)[N]['types']>
export type Params<N extends EndpointName> = Types<N>['params']
export type Answer<N extends EndpointName> = Types<N>['answer']
