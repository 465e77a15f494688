import type { SessionView } from '@zhanggui/shared/session.ts'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { type Chat, readChat } from '../wecom/wecom.ts'
import { type Opened, openChat } from './open-chat.ts'
import { type TabName, tabFromUrl } from './tabs.ts'

function groupOf(chat: Chat | undefined): string | undefined {
  return chat?.kind === 'group' ? chat.chatId : undefined
}

/** Who is signed in, whose chat is open, and whether that is certain at this moment. */
export const useSidebarState = defineStore('sidebar', () => {
  const outside = ref(false)
  const session = shallowRef<SessionView>()
  const chat = shallowRef<Chat>()
  const failure = shallowRef<unknown>()
  /** The guide may have gone to another chat: nothing of this customer is shown until WeCom has said which. */
  const unsure = ref(false)
  const tab = ref<TabName>(tabFromUrl(location.search))
  /** In a group: the member whose card is open. */
  const openedMember = ref<string>()
  /** Goes up when something was sent or taken back. */
  const changes = ref(0)
  /** Goes up when the guide is back and it is certain whose chat this is. */
  const returns = ref(0)
  const owner = computed(() => `${session.value?.corpId}/${session.value?.guide.userId}`)
  const externalUserId = computed(() =>
    chat.value?.kind === 'customer' ? chat.value.externalUserId : openedMember.value,
  )
  let turn = 0

  async function open(opening: Promise<Opened> = openChat()): Promise<void> {
    const mine = ++turn
    failure.value = undefined
    try {
      const opened = await opening
      if (mine !== turn) return
      if (opened.kind === 'inside') session.value = opened.session
      outside.value = opened.kind === 'outside'
      show(opened.kind === 'inside' ? opened.chat : undefined)
    } catch (cause) {
      if (mine === turn) fail(cause)
    }
  }

  /** Asks WeCom again. Only the newest question counts: an older one may have been answered before the switch. */
  async function confirm(): Promise<void> {
    if (!session.value) return
    const mine = ++turn
    unsure.value = true
    try {
      const now = await readChat()
      if (mine !== turn) return
      failure.value = undefined
      show(now)
      returns.value++
    } catch (cause) {
      if (mine === turn) fail(cause)
    }
  }

  function show(now: Chat | undefined): void {
    if (groupOf(now) === undefined || groupOf(now) !== groupOf(chat.value)) openedMember.value = undefined
    chat.value = now
    unsure.value = false
  }

  function openMember(externalUserId: string): void {
    openedMember.value = externalUserId
    tab.value = 'customer'
  }

  function backToGroup(): void {
    openedMember.value = undefined
  }

  function fail(cause: unknown): void {
    failure.value = cause
    show(undefined)
  }

  function doubt(): void {
    unsure.value = session.value !== undefined
  }

  function changed(): void {
    changes.value++
  }

  return {
    outside,
    session,
    chat,
    failure,
    unsure,
    tab,
    changes,
    returns,
    owner,
    externalUserId,
    openedMember,
    open,
    openMember,
    backToGroup,
    confirm,
    doubt,
    changed,
  }
})
