import { showChat } from '../actions/happening.ts'
import type { ReadContext } from '../context.ts'
import type { Contact, Directory, Follow, FollowRelation } from './directory.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { cursorAt, readCursor, writeCursor } from './paging.ts'
import { requireFollowing, requireRelation } from './pairs.ts'
import { findInteger, findText, getText, listTexts, requireCharacters } from './parameters.ts'

/** doc 92114 */
const FOLLOWERS_PER_PAGE = 500
/** doc 92994 */
const USERS_PER_BATCH = 100
const ROWS_PER_BATCH = 100
const DEFAULT_ROWS = 50
const BY_CUSTOMER = 1
const CORP_TAG = 1
const OWN_TAG = 2

/** doc 92571 */
export function listFollowUsers({ context }: Call<ReadContext>) {
  return { follow_user: context.directory.listFollowUserIds() }
}

/** doc 92113 */
export function listCustomers({ context, query }: Call<ReadContext>) {
  const { directory } = context
  if (!query.userid) throw new WeComError(41009, 'userid missing')
  const guide = requireFollowing(directory.findMember(query.userid))
  const external_userid = directory.listCustomerIds(guide.userId)
  if (external_userid.length === 0) throw new WeComError(84061, 'not external contact')
  return { external_userid }
}

/** doc 92114 */
export function getCustomer({ context, query }: Call<ReadContext>) {
  const { directory } = context
  if (!query.external_userid) throw new WeComError(41035, 'external userid missing')
  const contact = directory.findContact(query.external_userid)
  if (!contact) throw new WeComError(40096, 'invalid external userid')
  const [from = 0] = readCursor(query.cursor, 1)
  const { rows, next } = directory.listFollowers(contact.externalUserId, from, FOLLOWERS_PER_PAGE)
  if (rows.length === 0 && from === 0) throw new WeComError(84061, 'not external contact')
  return {
    external_contact: contactRecord(contact),
    follow_user: rows.map((relation) => ({
      ...relationRecord(relation),
      tags: tagRecords(directory, relation),
    })),
    ...(next === undefined ? {} : { next_cursor: cursorAt(next) }),
  }
}

/** doc 92994: one row per relation, corp tags by id only. */
export function listCustomersOfGuides({ context, body }: Call<ReadContext>) {
  const { directory } = context
  const userIds = listTexts(body, 'userid_list')
  if (userIds.length === 0) throw new WeComError(40063, 'userid_list is missing')
  if (userIds.length > USERS_PER_BATCH) throw new WeComError(40032, 'userid_list is too long')
  const guides = userIds.map((userId) => requireFollowing(directory.findMember(userId)).userId)
  const limit = Math.min(findInteger(body, 'limit') || DEFAULT_ROWS, ROWS_PER_BATCH)
  const [firstGuide = 0, firstRow = 0] = readCursor(findText(body, 'cursor'), 2)
  const external_contact_list: object[] = []
  let from = firstRow
  for (const [index, guide] of guides.slice(firstGuide).entries()) {
    // Once the page is full this asks for nothing, and learns whether there is more.
    const { rows, next } = directory.listFollows(guide, from, limit - external_contact_list.length)
    external_contact_list.push(...rows.map(batchRow))
    if (next !== undefined) return { external_contact_list, next_cursor: writeCursor([firstGuide + index, next]) }
    from = 0
  }
  return { external_contact_list, next_cursor: '' }
}

/** doc 92115: no callback comes of it (doc 92130). */
export function remarkCustomer({ context, body }: Call) {
  const { world } = context
  const relation = requireRelation(world, getText(body, 'userid', 41009), getText(body, 'external_userid', 41035))
  const remark = findText(body, 'remark')
  const description = findText(body, 'description')
  const company = findText(body, 'remark_company')
  const picture = findText(body, 'remark_pic_mediaid')
  const mobiles = body.remark_mobiles === undefined ? undefined : listTexts(body, 'remark_mobiles')
  requireCharacters('remark', remark, 20)
  requireCharacters('description', description, 150)
  requireCharacters('remark_company', company, 20)
  if ([remark, description, company, picture, mobiles].every((value) => value === undefined)) {
    throw new WeComError(40063, 'nothing to remark')
  }
  if (picture !== undefined && world.media.get(picture)?.type !== 'image')
    throw new WeComError(40007, 'invalid media_id')
  relation.remark = remark ?? relation.remark
  relation.description = description ?? relation.description
  if (world.customers.get(relation.customer)?.type === 1) relation.company = company ?? relation.company
  // One empty string clears them.
  if (mobiles) relation.phones = mobiles.filter((mobile) => mobile !== '')
  showChat(context, relation.guide, relation.customer)
  return {}
}

function batchRow({ contact, relation }: Follow) {
  return {
    external_contact: contactRecord(contact),
    follow_info: { ...relationRecord(relation), tag_id: relation.tagIds },
  }
}

function contactRecord(contact: Contact) {
  return {
    external_userid: contact.externalUserId,
    name: contact.name,
    type: contact.type,
    avatar: '',
    gender: contact.gender,
    ...(contact.type === 1 && contact.unionId ? { unionid: contact.unionId } : {}),
    ...(contact.type === 2 ? { corp_name: contact.corpName ?? '', corp_full_name: contact.corpName ?? '' } : {}),
  }
}

function relationRecord(relation: FollowRelation) {
  return {
    userid: relation.guide,
    remark: relation.remark,
    description: relation.description,
    createtime: relation.addedAt,
    remark_corp_name: relation.company,
    remark_mobiles: relation.phones,
    add_way: relation.addWay,
    oper_userid: relation.addWay === BY_CUSTOMER ? relation.customer : relation.guide,
    ...(relation.channelState ? { state: relation.channelState } : {}),
  }
}

function tagRecords(directory: Directory, relation: FollowRelation) {
  const corpTags = relation.tagIds.flatMap((id) => {
    const tag = directory.findTag(id)
    return tag ? [{ group_name: tag.groupName, tag_name: tag.name, tag_id: tag.id, type: CORP_TAG }] : []
  })
  return [...corpTags, ...relation.ownTags.map((tag_name) => ({ group_name: '', tag_name, type: OWN_TAG }))]
}
