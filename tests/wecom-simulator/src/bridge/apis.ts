import type { Platform } from './bridge-types.ts'
import { isOlder, versionOf } from './client-version.ts'

interface Api {
  /** Who may call: anybody, a page with either configuration, or only one with agentConfig. */
  identity: 'none' | 'any' | 'agent'
  /** First client that has it, where one for all platforms is documented. */
  since?: string
  /** Platforms that have it; all without this. */
  on?: readonly Platform[]
}

/** What this client has, by the name the bridge hears, which is not always the function's (`imagePreview`). */
const apis: Record<string, Api> = {
  agentConfig: { identity: 'none', since: '2.5.0' },
  preVerifyJSAPI: { identity: 'none' },
  checkJsApi: { identity: 'none' },
  getContext: { identity: 'none', since: '3.0.24' },
  getCurExternalContact: { identity: 'agent', since: '2.5.8' },
  getCurExternalChat: { identity: 'agent', since: '2.8.17' },
  sendChatMessage: { identity: 'agent', since: '2.8.10' },
  openEnterpriseChat: { identity: 'any', since: '2.0.0' },
  openUserProfile: { identity: 'any', since: '2.4.20' },
  imagePreview: { identity: 'any' },
  scanQRCode: { identity: 'any' },
  geoLocation: { identity: 'any' },
  setClipboardData: { identity: 'any', since: '2.4.16' },
  openDefaultBrowser: { identity: 'any', since: '2.3.0', on: ['windows', 'mac'] },
  closeWindow: { identity: 'any' },
  hideOptionMenu: { identity: 'any' },
  showOptionMenu: { identity: 'any' },
  hideMenuItems: { identity: 'any' },
  showMenuItems: { identity: 'any' },
  getNetworkType: { identity: 'any' },
}

export function identityFor(name: string): Api['identity'] {
  return apis[name]?.identity ?? 'agent'
}

type Lack = 'function_not_exist' | 'nosupport'

/** Why this client cannot do it, if so; says nothing about the app's permissions. */
export function lackOf(name: string, platform: Platform, clientVersion?: string): Lack | undefined {
  const api = apis[name]
  if (!api || (api.since && isOlder(versionOf(platform, clientVersion), api.since))) return 'function_not_exist'
  return api.on && !api.on.includes(platform) ? 'nosupport' : undefined
}
