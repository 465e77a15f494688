import type { ReadContext } from '../context.ts'
import { createLink, deleteLink, getLink, listLinks, updateLink } from './acquisition-links.ts'
import { getChatInfo, getLinkStatistic, getQuota, listLinkCustomers } from './acquisition-results.ts'
import { getAgent } from './agent.ts'
import { createSendMessage } from './app-messages.ts'
import { addContactWay, deleteContactWay, getContactWay, listContactWays, updateContactWay } from './contact-ways.ts'
import { getCustomer, listCustomers, listCustomersOfGuides, listFollowUsers, remarkCustomer } from './customers.ts'
import type { Endpoint } from './endpoint.ts'
import { getGroup, listGroups } from './groups.ts'
import {
  createListTransfers,
  createTransferCustomers,
  listUnassignedCustomers,
  reserveGiver,
} from './inherit-customers.ts'
import { createTransferGroups } from './inherit-groups.ts'
import { addJoinWay, deleteJoinWay, getJoinWay, updateJoinWay } from './join-ways.ts'
import { getMedia, uploadMedia, uploadPicture } from './media.ts'
import { getUser, listDepartments, listDepartmentsSimply, listUsers, listUsersSimply } from './members.ts'
import { createGetToken, createGetUserInfo, getAgentTicket, getCorpTicket, type OauthCodes } from './sign-in.ts'
import { addCorpTags, deleteCorpTags, editCorpTag, listCorpTags, markTags, reservePair } from './tags.ts'
import { sendWelcome } from './welcome.ts'

const HOUR_MS = 60 * 60_000
/** doc 90312: per hour 400 per corp and 100 per app. */
const corpTicketRule = { windowMs: HOUR_MS, calls: 400 }
const agentTicketRule = { windowMs: HOUR_MS, calls: 100 }

/** What only reads, on one screen: a reference corp answers to this much. */
export function readingEndpoints(): Endpoint<ReadContext>[] {
  const ips = () => ({ ip_list: ['127.0.0.1'] })
  return [
    { method: 'GET', path: 'gettoken', doc: 91039, answer: createGetToken(), withoutToken: true },
    { method: 'GET', path: 'get_jsapi_ticket', doc: 90506, answer: getCorpTicket, rule: corpTicketRule },
    { method: 'GET', path: 'ticket/get', doc: 90506, answer: getAgentTicket, rule: agentTicketRule },
    { method: 'GET', path: 'getcallbackip', doc: 92521, answer: ips },
    { method: 'GET', path: 'get_api_domain_ip', doc: 92520, answer: ips },

    { method: 'GET', path: 'user/get', doc: 90196, answer: getUser },
    { method: 'GET', path: 'user/simplelist', doc: 90200, answer: listUsersSimply },
    { method: 'GET', path: 'user/list', doc: 90201, answer: listUsers },
    { method: 'GET', path: 'department/list', doc: 90208, answer: listDepartments },
    { method: 'GET', path: 'department/simplelist', doc: 95350, answer: listDepartmentsSimply },

    { method: 'GET', path: 'externalcontact/get_follow_user_list', doc: 92571, answer: listFollowUsers },
    { method: 'GET', path: 'externalcontact/list', doc: 92113, answer: listCustomers },
    { method: 'GET', path: 'externalcontact/get', doc: 92114, answer: getCustomer },
    { method: 'POST', path: 'externalcontact/batch/get_by_user', doc: 92994, answer: listCustomersOfGuides },
    { method: 'POST', path: 'externalcontact/get_corp_tag_list', doc: 92117, answer: listCorpTags },
    { method: 'POST', path: 'externalcontact/groupchat/list', doc: 92120, answer: listGroups },
    { method: 'POST', path: 'externalcontact/groupchat/get', doc: 92122, answer: getGroup },
  ]
}

/** Everything this WeCom answers to. */
export function endpoints(codes: OauthCodes): Endpoint[] {
  return [
    ...readingEndpoints(),
    { method: 'GET', path: 'auth/getuserinfo', doc: 91023, answer: createGetUserInfo(codes), exempt: true },

    { method: 'POST', path: 'externalcontact/remark', doc: 92115, answer: remarkCustomer },
    { method: 'POST', path: 'externalcontact/add_corp_tag', doc: 92117, answer: addCorpTags },
    { method: 'POST', path: 'externalcontact/edit_corp_tag', doc: 92117, answer: editCorpTag },
    { method: 'POST', path: 'externalcontact/del_corp_tag', doc: 92117, answer: deleteCorpTags },
    { method: 'POST', path: 'externalcontact/mark_tag', doc: 92118, answer: markTags, reserve: reservePair },

    { method: 'POST', path: 'externalcontact/send_welcome_msg', doc: 92137, answer: sendWelcome },
    { method: 'POST', path: 'media/upload', doc: 90253, answer: uploadMedia },
    { method: 'POST', path: 'media/uploadimg', doc: 90256, answer: uploadPicture },
    { method: 'GET', path: 'media/get', doc: 90254, answer: getMedia },
    { method: 'GET', path: 'agent/get', doc: 90227, answer: getAgent },
    { method: 'POST', path: 'message/send', doc: 90236, answer: createSendMessage() },

    { method: 'POST', path: 'externalcontact/add_contact_way', doc: 92228, answer: addContactWay },
    { method: 'POST', path: 'externalcontact/get_contact_way', doc: 92228, answer: getContactWay },
    { method: 'POST', path: 'externalcontact/list_contact_way', doc: 92228, answer: listContactWays },
    { method: 'POST', path: 'externalcontact/update_contact_way', doc: 92228, answer: updateContactWay },
    { method: 'POST', path: 'externalcontact/del_contact_way', doc: 92228, answer: deleteContactWay },
    { method: 'POST', path: 'externalcontact/groupchat/add_join_way', doc: 92229, answer: addJoinWay },
    { method: 'POST', path: 'externalcontact/groupchat/get_join_way', doc: 92229, answer: getJoinWay },
    { method: 'POST', path: 'externalcontact/groupchat/update_join_way', doc: 92229, answer: updateJoinWay },
    { method: 'POST', path: 'externalcontact/groupchat/del_join_way', doc: 92229, answer: deleteJoinWay },
    ...inheritance(),
    ...acquisition(),
  ]
}

function inheritance(): Endpoint[] {
  const active = createTransferCustomers('active')
  const resigned = createTransferCustomers('resigned')
  const ofActive = createListTransfers('active')
  const ofResigned = createListTransfers('resigned')
  const groupsOfActive = createTransferGroups('active')
  const groupsOfResigned = createTransferGroups('resigned')
  const reserve = reserveGiver
  return [
    { method: 'POST', path: 'externalcontact/transfer_customer', doc: 92125, answer: active, reserve },
    { method: 'POST', path: 'externalcontact/transfer_result', doc: 94088, answer: ofActive },
    { method: 'POST', path: 'externalcontact/get_unassigned_list', doc: 92124, answer: listUnassignedCustomers },
    { method: 'POST', path: 'externalcontact/resigned/transfer_customer', doc: 94081, answer: resigned, reserve },
    { method: 'POST', path: 'externalcontact/resigned/transfer_result', doc: 94082, answer: ofResigned },
    { method: 'POST', path: 'externalcontact/groupchat/onjob_transfer', doc: 95703, answer: groupsOfActive },
    { method: 'POST', path: 'externalcontact/groupchat/transfer', doc: 92127, answer: groupsOfResigned },
  ]
}

function acquisition(): Endpoint[] {
  const base = 'externalcontact/customer_acquisition'
  return [
    { method: 'POST', path: `${base}/create_link`, doc: 97297, answer: createLink },
    { method: 'POST', path: `${base}/update_link`, doc: 97297, answer: updateLink },
    { method: 'POST', path: `${base}/get`, doc: 97297, answer: getLink },
    { method: 'POST', path: `${base}/list_link`, doc: 97297, answer: listLinks },
    { method: 'POST', path: `${base}/delete_link`, doc: 97297, answer: deleteLink },
    { method: 'POST', path: `${base}/customer`, doc: 97298, answer: listLinkCustomers },
    { method: 'POST', path: `${base}/statistic`, doc: 97298, answer: getLinkStatistic },
    { method: 'POST', path: `${base}/get_chat_info`, doc: 100130, answer: getChatInfo },
    { method: 'GET', path: `${base}_quota`, doc: 97375, answer: getQuota },
  ]
}
