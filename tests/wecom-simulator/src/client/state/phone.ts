import { computed, ref } from 'vue'
import type { Message, Sms } from '../../control-types.ts'
import { say } from './notices.ts'
import { markStep } from './story.ts'
import { openChatId, world } from './world.ts'

export interface PhonePage {
  url: string
  title: string
  /** Opening the same link twice loads it twice. */
  visit: number
}

/** The page that covers the customer's chat, as a tapped link does in WeChat. */
export const phonePage = ref<PhonePage>()
const dismissed = ref(new Set<string>())
let visits = 0

/** The text message on top of the shown phone, if one is waiting there. */
export const banner = computed<Sms | undefined>(() => {
  const latest = world.sms.findLast(({ externalUserId }) => !externalUserId || externalUserId === openChatId.value)
  return latest && !dismissed.value.has(latest.id) ? latest : undefined
})

export function dismissBanner(sms: Sms): void {
  dismissed.value = new Set(dismissed.value).add(sms.id)
}

/** What lay there before the page was opened is old news. */
export function dismissEarlier(): void {
  dismissed.value = new Set(world.sms.map(({ id }) => id))
}

export function openLink(url: string, title: string): void {
  phonePage.value = { url, title, visit: ++visits }
  if (URL.canParse(url) && new URL(url).pathname.startsWith('/join/')) markStep('enrol')
}

/** The newest link either side sent in the shown chat. */
export function openLatestLink(): void {
  const link = (world.open?.messages ?? []).map(linkIn).findLast((found) => found !== undefined)
  if (link) openLink(link.url, link.title)
  else say('这个聊天里还没有链接')
}

export function linkIn(message: Message): { url: string; title: string } | undefined {
  if (message.seenBy === 'guide') return undefined
  if (message.kind === 'link') return { url: message.url, title: message.title }
  if (message.kind !== 'text') return undefined
  const url = message.text.match(/https?:\/\/[^\s\u3000-\u303f\uff00-\uffef]+/)?.[0]
  return url ? { url, title: '网页' } : undefined
}

export function closePage(): void {
  phonePage.value = undefined
}
