import { computed, reactive } from 'vue'
import type {
  AppMessage,
  ChatSummary,
  ChatView,
  GuideView,
  Message,
  NetworkMode,
  Sms,
  StateView,
  StreamEvent,
} from '../../control-types.ts'
import { act, getChat, getState, signIn } from '../api.ts'
import { setClock } from './clock.ts'
import { attempt } from './notices.ts'
import { addWireLine, startWire } from './wire.ts'

interface WorldState {
  corp?: StateView['corp']
  guide: string
  guides: GuideView[]
  chats: ChatSummary[]
  network: NetworkMode
  sms: Sms[]
  appMessages: AppMessage[]
  /** The chat on the guide's screen. */
  open?: ChatView
}

export const world: WorldState = reactive({
  guide: '',
  guides: [],
  chats: [],
  network: 'normal',
  sms: [],
  appMessages: [],
})

export const me = computed(() => world.guides.find((guide) => guide.userId === world.guide))
export const openChatId = computed(() => world.open?.summary.chat)

/** Signs in as this guide (the first one without a name) and opens the newest chat. */
export function enter(guide?: string): Promise<void> {
  return reading(async () => begin(await getState(guide)))
}

async function begin(state: StateView): Promise<void> {
  await signIn(state.guide)
  take(state)
  startWire(state.wire)
  world.open = undefined
  const [newest] = state.chats
  if (newest) await openChat(newest.chat)
}

export async function openChat(chat: string): Promise<void> {
  const { guide } = world
  wanted += 1
  const mine = wanted
  // What is said while the chat is being fetched may not be in what comes back.
  const meanwhile: Message[] = []
  const deaf = onMessage((...[, of, message]) => {
    if (of === chat) meanwhile.push(message)
  })
  const view = await attempt(() => getChat(guide, chat)).finally(deaf)
  // Meanwhile another chat may have been tapped, whose answer was the quicker one.
  if (!view || world.guide !== guide || mine !== wanted) return
  const known = new Set(view.messages.map(({ id }) => id))
  view.messages.push(...meanwhile.filter(({ id }) => !known.has(id)))
  world.open = view
  const shown = world.chats.find((other) => other.chat === chat)
  if (!shown || shown.lastAt <= view.summary.lastAt) replaceSummary(view.summary)
  await markRead(chat)
  if (view.summary.kind === 'single') await attempt(() => act('showPhone', { customer: chat }))
}

let wanted = 0

/** Reads everything anew. What happens while it is being read may not be in what comes back, so it is told afterwards. */
async function reading(read: () => Promise<void>): Promise<void> {
  readers += 1
  try {
    await read()
  } finally {
    readers -= 1
    if (readers === 0) for (const event of held.splice(0)) apply(event)
  }
}

let readers = 0
const held: StreamEvent[] = []

/** After a reconnect, or when the contacts have changed: what was missed meanwhile. */
function refresh(): Promise<void> {
  return reading(async () => {
    const state = await getState(world.guide)
    // The guide has left the corp: somebody else sits down here.
    if (state.guide !== world.guide) return begin(state)
    take(state)
    const chat = openChatId.value
    if (!chat) return
    const view = await getChat(world.guide, chat)
    if (openChatId.value === chat) world.open = view
  })
}

/** Hears of every change from the moment its promise is kept, so that what is read after it misses nothing. */
export function listenToWorld(): Promise<() => void> {
  const stream = new EventSource('/simulator/api/stream')
  let broken = false
  stream.onmessage = ({ data }) => {
    const event: StreamEvent = JSON.parse(data)
    if (readers > 0) held.push(event)
    else apply(event)
  }
  return new Promise((resolve) => {
    stream.onerror = () => {
      broken = true
    }
    stream.onopen = () => {
      if (broken && world.guide) void attempt(refresh)
      broken = false
      resolve(() => stream.close())
    }
  })
}

const arrivals = new Set<(guide: string, chat: string, message: Message) => void>()

/** Tells of every message that appears in any chat, until the returned function is called. */
export function onMessage(listener: (guide: string, chat: string, message: Message) => void): () => void {
  arrivals.add(listener)
  return () => arrivals.delete(listener)
}

function apply(event: StreamEvent): void {
  switch (event.type) {
    case 'message':
      applyMessage(event.guide, event.chat, event.message, event.summary)
      break
    case 'relation':
    case 'chat':
      applySummary(event.guide, event.chat, event.summary)
      break
    case 'wire':
      addWireLine(event.line)
      break
    case 'sms':
      if (!world.sms.some(({ id }) => id === event.sms.id)) world.sms.push(event.sms)
      break
    case 'appMessage':
      if (event.message.guide === world.guide && !world.appMessages.some(({ id }) => id === event.message.id))
        world.appMessages.push(event.message)
      break
    case 'network':
      world.network = event.mode
      break
    case 'contacts':
      void attempt(refresh)
  }
}

function applyMessage(guide: string, chat: string, message: Message, summary: ChatSummary): void {
  applySummary(guide, chat, summary)
  if (guide === world.guide && world.open?.summary.chat === chat) {
    const { messages } = world.open
    if (!messages.some(({ id }) => id === message.id)) messages.push(message)
    if (summary.unread > 0) void markRead(chat)
  }
  for (const listener of arrivals) listener(guide, chat, message)
}

function applySummary(guide: string, chat: string, summary: ChatSummary | null): void {
  if (guide !== world.guide) return
  if (summary) {
    replaceSummary(summary)
    return
  }
  world.chats = world.chats.filter((other) => other.chat !== chat)
  if (openChatId.value === chat) world.open = undefined
}

function replaceSummary(summary: ChatSummary): void {
  const others = world.chats.filter((other) => other.chat !== summary.chat)
  world.chats = [summary, ...others].sort((left, right) => right.lastAt.localeCompare(left.lastAt))
  if (world.open?.summary.chat === summary.chat) world.open.summary = summary
}

async function markRead(chat: string): Promise<void> {
  const summary = world.chats.find((other) => other.chat === chat)
  if (!summary?.unread) return
  await attempt(() => act('markRead', { guide: world.guide, chat }))
  const latest = world.chats.find((other) => other.chat === chat)
  if (latest) replaceSummary({ ...latest, unread: 0 })
}

function take(state: StateView): void {
  setClock(state.now)
  const { corp, guide, guides, chats, network, sms, appMessages } = state
  Object.assign(world, { corp, guide, guides, chats, network, sms, appMessages })
}
