import { computed, reactive } from 'vue'
import type { BridgeSettings, Entry } from '../../bridge/bridge-types.ts'
import { userAgentOf } from '../../bridge/client-version.ts'
import { changeClient, getClient } from '../api.ts'
import { platform } from './form.ts'
import { attempt } from './notices.ts'

interface ClientState {
  webviewOrigin?: string
  sidebarUrl?: string
  settings: BridgeSettings
  /** Some clients load the page anew for every conversation; whether, is not documented. */
  reloadPerChat: boolean
  /** Where the guide opened the page; the chat's own toolbar without it. */
  entry?: Entry
}

/** The simulated client itself: where its web view is and how it behaves. */
export const client: ClientState = reactive({
  settings: { delays: {}, nextAnswers: {}, lateInjection: false },
  reloadPerChat: false,
})

/** Reaches the bridge script as the frame's name, which survives the redirects of the sign-in. */
export const frameName = computed(() =>
  JSON.stringify({
    wecomClient: {
      userAgent: userAgentOf(platform.value, client.settings.clientVersion),
      lateInjection: client.settings.lateInjection,
    },
  }),
)

export async function loadClient(): Promise<void> {
  Object.assign(client, await getClient())
}

export async function setClient(settings: Partial<BridgeSettings>): Promise<void> {
  const changed = await attempt(() => changeClient(settings))
  if (changed) client.settings = changed
}

/** Pictures of the product's own pages are fetched by the client, as WeCom does (their policy is for web pages). */
export function pictureUrl(url: string | undefined): string | undefined {
  if (!url || !client.webviewOrigin || !url.startsWith(`${client.webviewOrigin}/`)) return url
  return `/simulator/picture?url=${encodeURIComponent(url)}`
}
