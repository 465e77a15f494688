import { createSendMessage } from './app-messages.ts'
import { addContactWay, deleteContactWay, getContactWay, listContactWays, updateContactWay } from './contact-ways.ts'
import { getCustomer, listCustomers, listCustomersOfGuides, listFollowUsers, remarkCustomer } from './customers.ts'
import type { Endpoint } from './endpoint.ts'
import { getGroup, listGroups } from './groups.ts'
import { uploadMedia, uploadPicture } from './media.ts'
import { getUser, listDepartments, listDepartmentsSimply, listUsers, listUsersSimply } from './members.ts'
import { createGetToken, createGetUserInfo, getAgentTicket, getCorpTicket, type OauthCodes } from './sign-in.ts'
import { addCorpTags, deleteCorpTags, editCorpTag, listCorpTags, markTags, reservePair } from './tags.ts'
import { sendWelcome } from './welcome.ts'

const HOUR_MS = 60 * 60_000
/** doc 90312: per hour 400 per corp and 100 per app. */
const corpTicketRule = { windowMs: HOUR_MS, calls: 400 }
const agentTicketRule = { windowMs: HOUR_MS, calls: 100 }

/** Everything this WeCom answers to, on one screen. */
export function endpoints(codes: OauthCodes): Endpoint[] {
  const ips = () => ({ ip_list: ['127.0.0.1'] })
  return [
    { method: 'GET', path: 'gettoken', doc: 91039, answer: createGetToken(), withoutToken: true },
    { method: 'GET', path: 'get_jsapi_ticket', doc: 90506, answer: getCorpTicket, rule: corpTicketRule },
    { method: 'GET', path: 'ticket/get', doc: 90506, answer: getAgentTicket, rule: agentTicketRule },
    { method: 'GET', path: 'auth/getuserinfo', doc: 91023, answer: createGetUserInfo(codes), exempt: true },
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
    { method: 'POST', path: 'externalcontact/remark', doc: 92115, answer: remarkCustomer },

    { method: 'POST', path: 'externalcontact/get_corp_tag_list', doc: 92117, answer: listCorpTags },
    { method: 'POST', path: 'externalcontact/add_corp_tag', doc: 92117, answer: addCorpTags },
    { method: 'POST', path: 'externalcontact/edit_corp_tag', doc: 92117, answer: editCorpTag },
    { method: 'POST', path: 'externalcontact/del_corp_tag', doc: 92117, answer: deleteCorpTags },
    { method: 'POST', path: 'externalcontact/mark_tag', doc: 92118, answer: markTags, reserve: reservePair },

    { method: 'POST', path: 'externalcontact/groupchat/list', doc: 92120, answer: listGroups },
    { method: 'POST', path: 'externalcontact/groupchat/get', doc: 92122, answer: getGroup },

    { method: 'POST', path: 'externalcontact/send_welcome_msg', doc: 92137, answer: sendWelcome },
    { method: 'POST', path: 'media/upload', doc: 90253, answer: uploadMedia },
    { method: 'POST', path: 'media/uploadimg', doc: 90256, answer: uploadPicture },
    { method: 'POST', path: 'message/send', doc: 90236, answer: createSendMessage() },

    { method: 'POST', path: 'externalcontact/add_contact_way', doc: 92228, answer: addContactWay },
    { method: 'POST', path: 'externalcontact/get_contact_way', doc: 92228, answer: getContactWay },
    { method: 'POST', path: 'externalcontact/list_contact_way', doc: 92228, answer: listContactWays },
    { method: 'POST', path: 'externalcontact/update_contact_way', doc: 92228, answer: updateContactWay },
    { method: 'POST', path: 'externalcontact/del_contact_way', doc: 92228, answer: deleteContactWay },
  ]
}
