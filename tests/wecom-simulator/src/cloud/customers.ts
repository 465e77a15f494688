import { showChat } from '../actions/happening.ts'
import { listCustomersOf, listFollowersOf, listTagsOf } from '../world/find.ts'
import type { Customer, Relation, World } from '../world/model.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf, readCursor, writeCursor } from './paging.ts'
import { requireCustomer, requireGuide, requireRelation } from './pairs.ts'
import { findInteger, findText, getText, listTexts, requireCharacters } from './parameters.ts'

/** doc 92114 */
const FOLLOWERS_PER_PAGE = 500
/** doc 92994 */
const USERS_PER_BATCH = 100
const ROWS_PER_BATCH = 100
const DEFAULT_ROWS = 50
const BY_CUSTOMER = 1
const OWN_TAG = 2

/** doc 92571 */
export function listFollowUsers({ context }: Call) {
  const members = [...context.world.members.values()]
  return { follow_user: members.filter((member) => member.follows).map((member) => member.userId) }
}

/** doc 92113 */
export function listCustomers({ context, query }: Call) {
  if (!query.userid) throw new WeComError(41009, 'userid missing')
  const guide = requireGuide(context.world, query.userid)
  const relations = listCustomersOf(context.world, guide.userId)
  if (relations.length === 0) throw new WeComError(84061, 'not external contact')
  return { external_userid: relations.map((relation) => relation.customer) }
}

/** doc 92114 */
export function getCustomer({ context, query }: Call) {
  const { world } = context
  if (!query.external_userid) throw new WeComError(41035, 'external userid missing')
  const customer = requireCustomer(world, query.external_userid)
  const followers = listFollowersOf(world, customer.externalUserId)
  if (followers.length === 0) throw new WeComError(84061, 'not external contact')
  const page = pageOf(followers, query.cursor, FOLLOWERS_PER_PAGE)
  return {
    external_contact: contactRecord(customer),
    follow_user: page.rows.map((relation) => ({ ...relationRecord(relation), tags: tagRecords(world, relation) })),
    ...(page.next ? { next_cursor: page.next } : {}),
  }
}

/** doc 92994: one row per relation, corp tags by id only. */
export function listCustomersOfGuides({ context, body }: Call) {
  const { world } = context
  const userIds = listTexts(body, 'userid_list')
  if (userIds.length === 0) throw new WeComError(40063, 'userid_list is missing')
  if (userIds.length > USERS_PER_BATCH) throw new WeComError(40032, 'userid_list is too long')
  const guides = userIds.map((userId) => requireGuide(world, userId).userId)
  const limit = Math.min(findInteger(body, 'limit') || DEFAULT_ROWS, ROWS_PER_BATCH)
  const [firstGuide = 0, firstRow = 0] = readCursor(findText(body, 'cursor'), 2)
  const rows: Relation[] = []
  let skip = firstRow
  let at = firstGuide
  for (; at < guides.length && rows.length < limit; at++) {
    const ofGuide = listCustomersOf(world, guides[at] ?? '')
    const taken = ofGuide.slice(skip, skip + limit - rows.length)
    rows.push(...taken)
    if (skip + taken.length < ofGuide.length) {
      skip += taken.length
      break
    }
    skip = 0
  }
  return {
    external_contact_list: rows.flatMap((relation) => batchRow(world, relation)),
    next_cursor: at < guides.length ? writeCursor([at, skip]) : '',
  }
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

function batchRow(world: World, relation: Relation) {
  const customer = world.customers.get(relation.customer)
  if (!customer) return []
  const tag_id = listTagsOf(world, relation).map((tag) => tag.id)
  return [{ external_contact: contactRecord(customer), follow_info: { ...relationRecord(relation), tag_id } }]
}

function contactRecord(customer: Customer) {
  return {
    external_userid: customer.externalUserId,
    name: customer.name,
    type: customer.type,
    avatar: '',
    gender: customer.gender,
    ...(customer.type === 1 && customer.unionId ? { unionid: customer.unionId } : {}),
    ...(customer.type === 2 ? { corp_name: customer.corpName ?? '', corp_full_name: customer.corpName ?? '' } : {}),
  }
}

function relationRecord(relation: Relation) {
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

function tagRecords(world: World, relation: Relation) {
  const corpTags = listTagsOf(world, relation).map((tag) => ({
    group_name: world.tagGroups.get(tag.groupId)?.name ?? '',
    tag_name: tag.name,
    tag_id: tag.id,
    type: 1,
  }))
  return [...corpTags, ...relation.ownTags.map((tag_name) => ({ group_name: '', tag_name, type: OWN_TAG }))]
}
