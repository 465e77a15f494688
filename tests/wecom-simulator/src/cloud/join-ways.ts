import type { JoinWay, World } from '../world/model.ts'
import { newId } from '../world/random.ts'
import { requireRoomForWay } from './contact-ways.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { type Fields, findFlag, findInteger, findText, getText, listTexts, requireCharacters } from './parameters.ts'
import { qrCodeUrl } from './qr-code.ts'

/** doc 92229 */
const MOST_GROUPS = 5
const REMARK_CHARACTERS = 30
const STATE_CHARACTERS = 30
const NAME_CHARACTERS = 40
const QR = 2

/** No picture in the answer: get_join_way has it. */
export function addJoinWay({ context, body }: Call) {
  const { world } = context
  requireRoomForWay(context)
  const way = { configId: newId(world.random, '', 32), ...readWay(world, body) }
  world.joinWays.set(way.configId, way)
  return { config_id: way.configId }
}

export function getJoinWay({ context, body }: Call) {
  const way = requireWay(context.world, body)
  return {
    join_way: {
      config_id: way.configId,
      scene: way.scene,
      remark: way.remark,
      auto_create_room: way.autoCreateRoom ? 1 : 0,
      room_base_name: way.roomBaseName,
      room_base_id: way.roomBaseId,
      chat_id_list: way.chatIds,
      ...(way.scene === QR ? { qr_code: qrCodeUrl(context, way.configId) } : {}),
      state: way.state,
      mark_source: way.markSource,
    },
  }
}

/** Overwrites everything: what is not given is as if it was never set. */
export function updateJoinWay({ context, body }: Call) {
  const { world } = context
  const { configId } = requireWay(world, body)
  world.joinWays.set(configId, { configId, ...readWay(world, body) })
  return {}
}

export function deleteJoinWay({ context, body }: Call) {
  context.world.joinWays.delete(requireWay(context.world, body).configId)
  return {}
}

function readWay(world: World, body: Fields): Omit<JoinWay, 'configId'> {
  const scene = findInteger(body, 'scene')
  if (scene === undefined) throw new WeComError(41038, 'scene is missing')
  if (scene !== 1 && scene !== 2) throw new WeComError(41040, 'invalid scene')
  const chatIds = listTexts(body, 'chat_id_list')
  if (chatIds.length === 0) throw new WeComError(40063, 'chat_id_list is missing')
  if (chatIds.length > MOST_GROUPS) throw new WeComError(41091, 'too many groups')
  for (const chatId of chatIds) {
    const group = world.groups.get(chatId)
    if (!group) throw new WeComError(90501, 'not a customer group')
    if (group.dismissed) throw new WeComError(49008, 'chat dismissed')
  }
  const state = findText(body, 'state') ?? ''
  const roomBaseName = findText(body, 'room_base_name') ?? ''
  requireCharacters('state', state, STATE_CHARACTERS)
  requireCharacters('room_base_name', roomBaseName, NAME_CHARACTERS)
  return {
    scene,
    // Cut, not refused.
    remark: [...(findText(body, 'remark') ?? '')].slice(0, REMARK_CHARACTERS).join(''),
    autoCreateRoom: (findInteger(body, 'auto_create_room') ?? 1) === 1,
    roomBaseName,
    roomBaseId: findInteger(body, 'room_base_id') ?? 1,
    chatIds,
    state,
    markSource: findFlag(body, 'mark_source') ?? false,
  }
}

function requireWay(world: World, body: Fields): JoinWay {
  const way = world.joinWays.get(getText(body, 'config_id', 41043))
  if (!way) throw new WeComError(41044, 'invalid config_id')
  return way
}
