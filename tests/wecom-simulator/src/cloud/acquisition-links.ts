import type { Context } from '../context.ts'
import { seconds } from '../world/add.ts'
import { listMembersBehind } from '../world/behind.ts'
import type { AcquisitionLink, World } from '../world/model.ts'
import { newId } from '../world/random.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf } from './paging.ts'
import { requireServing } from './pairs.ts'
import {
  type Fields,
  findFields,
  findFlag,
  findInteger,
  findText,
  getText,
  listIntegers,
  listTexts,
  requireCharacters,
} from './parameters.ts'

/** doc 97297 */
const NAME_CHARACTERS = 30
const MOST_MEMBERS = 500
const MOST_PRIORITY = 1000
const ROWS_PER_PAGE = 100

export function createLink({ context, body, now }: Call) {
  const { world, limits } = context
  if (world.acquisitionLinks.size >= limits.acquisitionLinks) throw new WeComError(41095, 'too many links')
  const link: AcquisitionLink = {
    linkId: newId(world.random, 'cawcde', 28),
    name: readName(getText(body, 'link_name')),
    ...readRange(world, requireRange(body)),
    skipVerify: findFlag(body, 'skip_verify') ?? true,
    markSource: findFlag(body, 'mark_source') ?? true,
    priority: readPriority(world, body),
    createdAt: seconds(now),
    clicks: [],
    friends: [],
  }
  world.acquisitionLinks.set(link.linkId, link)
  return { link: { link_id: link.linkId, ...linkRecord(context, link) } }
}

/** range and priority_option overwrite; what is not given stays. */
export function updateLink({ context, body }: Call) {
  const { world } = context
  const link = requireLink(world, body)
  const name = findText(body, 'link_name')
  const range = findFields(body, 'range')
  const changed = {
    name: name === undefined ? link.name : readName(name),
    ...(range ? readRange(world, range) : {}),
    skipVerify: findFlag(body, 'skip_verify') ?? link.skipVerify,
    markSource: findFlag(body, 'mark_source') ?? link.markSource,
    priority: body.priority_option === undefined ? link.priority : readPriority(world, body),
  }
  Object.assign(link, changed)
  return {}
}

export function getLink({ context, body }: Call) {
  const link = requireLink(context.world, body)
  return {
    link: { ...linkRecord(context, link), skip_verify: link.skipVerify, mark_source: link.markSource },
    range: { user_list: link.users, department_list: link.departments },
    ...(link.priority
      ? { priority_option: { priority_type: link.priority.type, priority_userid_list: link.priority.users } }
      : {}),
  }
}

export function listLinks({ context, body }: Call) {
  const limit = findInteger(body, 'limit') ?? ROWS_PER_PAGE
  if (limit < 1 || limit > ROWS_PER_PAGE) throw new WeComError(40058, 'limit is illegal')
  const page = pageOf([...context.world.acquisitionLinks.keys()], findText(body, 'cursor'), limit)
  return { link_id_list: page.rows, next_cursor: page.next }
}

/** No event comes of it (doc 97299). */
export function deleteLink({ context, body }: Call) {
  context.world.acquisitionLinks.delete(requireLink(context.world, body).linkId)
  return {}
}

export function requireLink(world: World, body: Fields): AcquisitionLink {
  const link = world.acquisitionLinks.get(getText(body, 'link_id'))
  if (!link) throw new WeComError(40058, 'invalid link_id')
  return link
}

function linkRecord({ url }: Context, link: AcquisitionLink) {
  return { link_name: link.name, url: `${url()}/ca/${link.linkId}`, create_time: link.createdAt }
}

function readName(name: string): string {
  if (name === '') throw new WeComError(40063, 'link_name is missing')
  requireCharacters('link_name', name, NAME_CHARACTERS)
  return name
}

function requireRange(body: Fields): Fields {
  const range = findFields(body, 'range')
  if (!range) throw new WeComError(40063, 'range is missing')
  return range
}

function readRange(world: World, range: Fields): Pick<AcquisitionLink, 'users' | 'departments'> {
  const users = listTexts(range, 'user_list').map((id) => requireServing(world, id).userId)
  const departments = listIntegers(range, 'department_list')
  if (users.length + departments.length === 0) throw new WeComError(40063, 'range is empty')
  for (const id of departments) if (!world.departments.has(id)) throw new WeComError(60003, 'department not found')
  if (listMembersBehind(world, users, departments).length > MOST_MEMBERS) throw new WeComError(40058, 'range too large')
  return { users, departments }
}

function readPriority(world: World, body: Fields): AcquisitionLink['priority'] {
  const option = findFields(body, 'priority_option')
  if (!option) return undefined
  const type = findInteger(option, 'priority_type')
  if (type !== 1 && type !== 2) throw new WeComError(40058, 'priority_type is illegal')
  const users = listTexts(option, 'priority_userid_list').map((id) => requireServing(world, id).userId)
  if (users.length > MOST_PRIORITY) throw new WeComError(40058, 'priority_userid_list is too long')
  if (type === 2 && users.length === 0) throw new WeComError(40063, 'priority_userid_list is missing')
  return { type, users }
}
