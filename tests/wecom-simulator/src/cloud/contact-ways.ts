import type { Context } from '../context.ts'
import { seconds } from '../world/add.ts'
import { listMembersBehind } from '../world/behind.ts'
import type { ContactWay, World } from '../world/model.ts'
import { newId } from '../world/random.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf } from './paging.ts'
import { requireServing } from './pairs.ts'
import {
  type Fields,
  findFlag,
  findInteger,
  findText,
  getText,
  listIntegers,
  listTexts,
  requireCharacters,
} from './parameters.ts'
import { qrCodeUrl } from './qr-code.ts'

/** doc 92228 */
const MOST_MEMBERS = 100
const CHARACTERS = 30
const LISTED_DAYS = 90
const ROWS_PER_PAGE = 1000
const DEFAULT_ROWS = 100
const SINGLE = 1
const QR = 2

export function addContactWay({ context, body, now }: Call) {
  const { world } = context
  requireRoomForWay(context)
  const way: ContactWay = {
    configId: newId(world.random, '', 32),
    type: oneOrTwo(body, 'type', 41037, 41039),
    scene: oneOrTwo(body, 'scene', 41038, 41040),
    style: undefined,
    remark: '',
    skipVerify: true,
    state: '',
    users: [],
    parties: [],
    createdAt: seconds(now),
  }
  overwrite(world, way, body)
  world.contactWays.set(way.configId, way)
  return { config_id: way.configId, ...(way.scene === QR ? { qr_code: qrCodeUrl(context, way.configId) } : {}) }
}

export function getContactWay({ context, body }: Call) {
  const way = requireWay(context.world, body)
  return {
    contact_way: {
      config_id: way.configId,
      type: way.type,
      scene: way.scene,
      ...(way.style === undefined ? {} : { style: way.style }),
      remark: way.remark,
      skip_verify: way.skipVerify,
      state: way.state,
      ...(way.scene === QR ? { qr_code: qrCodeUrl(context, way.configId) } : {}),
      user: way.users,
      party: way.parties,
      is_temp: false,
    },
  }
}

export function listContactWays({ context, body, now }: Call) {
  const end = findInteger(body, 'end_time') ?? seconds(now)
  const start = findInteger(body, 'start_time') ?? seconds(now) - LISTED_DAYS * 86_400
  const limit = Math.min(findInteger(body, 'limit') || DEFAULT_ROWS, ROWS_PER_PAGE)
  const ways = [...context.world.contactWays.values()].filter((way) => way.createdAt >= start && way.createdAt <= end)
  const page = pageOf(ways, findText(body, 'cursor'), limit)
  return { contact_way: page.rows.map((way) => ({ config_id: way.configId })), next_cursor: page.next }
}

/** Contact ways and join ways share one quota (docs 92228, 92229). */
export function requireRoomForWay({ world, limits }: Context) {
  const used = world.contactWays.size + world.joinWays.size
  if (used >= limits.contactWays) throw new WeComError(41045, 'too many contact ways')
}

/** user and party overwrite; type and scene stay what they are. */
export function updateContactWay({ context, body }: Call) {
  overwrite(context.world, requireWay(context.world, body), body)
  return {}
}

export function deleteContactWay({ context, body }: Call) {
  context.world.contactWays.delete(requireWay(context.world, body).configId)
  return {}
}

/** Everything is checked before anything is written. */
function overwrite(world: World, way: ContactWay, body: Fields) {
  const remark = findText(body, 'remark')
  const state = findText(body, 'state')
  const style = findInteger(body, 'style')
  requireCharacters('remark', remark, CHARACTERS)
  requireCharacters('state', state, CHARACTERS)
  if (style !== undefined && (style < 1 || style > (way.type === SINGLE ? 3 : 2))) {
    throw new WeComError(41042, 'invalid contact way style')
  }
  const users =
    body.user === undefined ? way.users : listTexts(body, 'user').map((id) => requireServing(world, id).userId)
  const parties = body.party === undefined ? way.parties : listIntegers(body, 'party')
  if (way.type === SINGLE && parties.length > 0) throw new WeComError(40058, 'party is for several members only')
  if (way.type === SINGLE && users.length !== 1) throw new WeComError(41041, 'one member for a single way')
  if (users.length + parties.length === 0) throw new WeComError(40063, 'user is missing')
  for (const id of parties) if (!world.departments.has(id)) throw new WeComError(60003, 'department not found')
  if (listMembersBehind(world, users, parties).length > MOST_MEMBERS) throw new WeComError(41041, 'too many members')
  way.remark = remark ?? way.remark
  way.state = state ?? way.state
  way.style = style ?? way.style
  way.skipVerify = findFlag(body, 'skip_verify') ?? way.skipVerify
  way.users = users
  way.parties = parties
}

function requireWay(world: World, body: Fields): ContactWay {
  const way = world.contactWays.get(getText(body, 'config_id', 41043))
  if (!way) throw new WeComError(41044, 'invalid config_id')
  return way
}

function oneOrTwo(body: Fields, name: string, missing: number, bad: number): 1 | 2 {
  const value = findInteger(body, name)
  if (value === undefined) throw new WeComError(missing, `${name} is missing`)
  if (value !== 1 && value !== 2) throw new WeComError(bad, `invalid ${name}`)
  return value
}
