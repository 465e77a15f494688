import type { AppMessage } from '../control-types.ts'
import { findMember } from '../world/find.ts'
import type { Member, World } from '../world/model.ts'
import { newId } from '../world/random.ts'
import { requireMedia, requireScheme } from './attachments.ts'
import { cutBytes } from './cut-bytes.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import {
  type Fields,
  findFields,
  findInteger,
  findText,
  getText,
  listFields,
  requireBytes,
  requireCharacters,
} from './parameters.ts'

/** doc 90236 */
const MOST_USERS = 1000
const MOST_PARTIES = 100
const TEXT_BYTES = 2048
const PER_MEMBER = [
  { windowMs: 60_000, messages: 30 },
  { windowMs: 60 * 60_000, messages: 1000 },
]
const DEFAULT_DUPLICATE_S = 1800
const LONGEST_DUPLICATE_S = 4 * 60 * 60
const KEPT_MESSAGES = 1000

interface Shown {
  title?: string
  text: string
  url?: string
}

/** Keeps what it sent to whom, for the quotas and for enable_duplicate_check. */
export function createSendMessage() {
  const sentTo = new Map<string, number[]>()
  const seen = new Map<string, number>()

  /** Over the quota: dropped without an error. */
  function withinQuota(userId: string, now: number): boolean {
    const times = (sentTo.get(userId) ?? []).filter((time) => now - time < 60 * 60_000)
    sentTo.set(userId, times)
    const full = PER_MEMBER.some((rule) => times.filter((time) => now - time < rule.windowMs).length >= rule.messages)
    if (!full) times.push(now)
    return !full
  }

  function isDuplicate(body: Fields, now: number): boolean {
    if (findInteger(body, 'enable_duplicate_check') !== 1) return false
    const window = Math.min(findInteger(body, 'duplicate_check_interval') ?? DEFAULT_DUPLICATE_S, LONGEST_DUPLICATE_S)
    const key = JSON.stringify(body)
    const before = seen.get(key)
    if (before !== undefined && now - before < window * 1000) return true
    seen.set(key, now)
    return false
  }

  return ({ context, body, now }: Call) => {
    const { world } = context
    requireAgent(body, context.agentId)
    const shown = readMessage(world, body, now)
    const receivers = readReceivers(world, body)
    const answer = {
      ...(receivers.unknown.length > 0 ? { invaliduser: receivers.unknown.join('|').toLowerCase() } : {}),
      msgid: newId(world.random, 'm', 40),
    }
    if (isDuplicate(body, now.getTime())) return answer
    for (const { userId } of receivers.members) {
      if (!withinQuota(userId, now.getTime())) continue
      const at = now.toISOString()
      const message: AppMessage = { id: answer.msgid, at, guide: userId, msgtype: getText(body, 'msgtype'), ...shown }
      world.appMessages.push(message)
      if (world.appMessages.length > KEPT_MESSAGES * 2) world.appMessages.splice(0, KEPT_MESSAGES)
      context.changes.emit({ type: 'appMessage', message })
    }
    return answer
  }
}

function requireAgent(body: Fields, agentId: string) {
  const given = body.agentid
  if (typeof given !== 'number' || !Number.isInteger(given)) throw new WeComError(40056, 'invalid agentid')
  if (String(given) !== agentId) throw new WeComError(301002, 'not allow operate another agent with this accesstoken')
}

function readReceivers(world: World, body: Fields): { members: Member[]; unknown: string[] } {
  const users = splitIds(body, 'touser')
  const parties = splitIds(body, 'toparty')
  const tags = splitIds(body, 'totag')
  if (users.length + parties.length + tags.length === 0) throw new WeComError(82001, 'receivers are empty')
  if (users.length > MOST_USERS) throw new WeComError(40032, 'touser is too long')
  if (parties.length > MOST_PARTIES || tags.length > MOST_PARTIES) throw new WeComError(40058, 'too many receivers')
  const everybody = [...world.members.values()]
  if (users.includes('@all')) return { members: everybody, unknown: [] }
  const unknown = users.filter((id) => !findMember(world, id))
  const named = users.flatMap((id) => findMember(world, id) ?? [])
  const inParties = everybody.filter((member) => member.departmentIds.some((id) => parties.includes(String(id))))
  const members = [...new Set([...named, ...inParties])]
  if (members.length === 0) throw new WeComError(81013, 'user & party & tag all invalid')
  return { members, unknown }
}

function splitIds(body: Fields, name: string): string[] {
  return (findText(body, name) ?? '').split('|').filter((id) => id !== '')
}

function readMessage(world: World, body: Fields, now: Date): Shown {
  const msgtype = getText(body, 'msgtype', 40008)
  const read = readers[msgtype]
  const fields = findFields(body, msgtype)
  if (!read || !fields) throw new WeComError(40008, 'invalid message type')
  return read(fields, world, now)
}

const readers: Record<string, (fields: Fields, world: World, now: Date) => Shown> = {
  // Longer texts are cut, not refused.
  text: (fields) => ({ text: cutBytes(getText(fields, 'content'), TEXT_BYTES) }),
  markdown(fields) {
    const text = getText(fields, 'content')
    requireBytes('markdown.content', text, TEXT_BYTES, 45002)
    return { text }
  },
  textcard(fields) {
    const url = readUrl(fields)
    requireCharacters('btntxt', findText(fields, 'btntxt'), 4)
    return { title: getText(fields, 'title'), text: getText(fields, 'description', 41033), url }
  },
  news(fields) {
    const articles = listFields(fields, 'articles')
    const [first] = articles
    if (!first) throw new WeComError(40063, 'articles are missing')
    if (articles.length > 8) throw new WeComError(45008, 'too many articles')
    for (const article of articles) {
      requireBytes('news.title', getText(article, 'title'), 128)
      requireBytes('news.description', findText(article, 'description'), 512)
    }
    const url = findText(first, 'appid') ? undefined : readUrl(first)
    return { title: getText(first, 'title'), text: findText(first, 'description') ?? '', url }
  },
  image: (fields, world, now) => media(fields, world, now, 'image', '[图片]'),
  video: (fields, world, now) => media(fields, world, now, 'video', '[视频]'),
  file: (fields, world, now) => media(fields, world, now, 'file', '[文件]'),
  template_card(fields) {
    const cardType = getText(fields, 'card_type')
    const action = findFields(fields, 'card_action')
    if (cardType !== 'text_notice' && cardType !== 'news_notice') throw new WeComError(40058, 'card type not simulated')
    if (!action) throw new WeComError(40058, 'card_action is missing')
    const main = findFields(fields, 'main_title') ?? {}
    const text = findText(fields, 'sub_title_text') ?? findText(main, 'desc') ?? ''
    return { title: findText(main, 'title'), text, url: findText(action, 'url') }
  },
}

function media(fields: Fields, world: World, now: Date, type: 'image' | 'video' | 'file', text: string): Shown {
  requireMedia(world, getText(fields, 'media_id', 40007), type, now)
  return { text }
}

function readUrl(fields: Fields): string {
  const url = getText(fields, 'url')
  requireBytes('url', url, 2048)
  requireScheme(url)
  return url
}
