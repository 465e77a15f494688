import type { WorldSeed } from './world-seed.ts'

/** One 接收消息 configuration: where callbacks go and how they are sealed. */
export interface CallbackSettings {
  url: string
  /** Letters and digits, at most 32. */
  token: string
  /** 43 characters. */
  aesKey: string
}

export type LatencyRange = readonly [min: number, max: number]

/** Quotas a test would not like to fill up for real. */
export interface Limits {
  /** Contact ways and join ways together (doc 92228). */
  contactWays: number
  /** doc 92117 */
  corpTags: number
  /** WeCom publishes no number. */
  tagsPerCustomer: number
  /** WeCom publishes no number. */
  customersPerMember: number
  /** WeCom publishes no number. */
  acquisitionLinks: number
  /** WeCom publishes no number; a join way opens the next group when one is full. */
  groupMembers: number
  /** One new owner takes over so many groups a day (docs 95703, 92127). */
  groupsTakenPerDay: number
}

export interface SimulatorOptions {
  corpId: string
  agentId: string
  agentSecret: string
  /** The app's own callback; may also be set later with configureCallback. */
  callback?: CallbackSettings
  /** The contacts assistant's callback, the only one that gets change_contact. */
  contactsCallback?: CallbackSettings
  host?: string
  /** 0 (default) takes a free one. */
  port?: number
  /** Where the client's web view listens (0: a free port, absent: no web view), and the product server it shows. */
  webviewPort?: number
  target?: string
  seed?: WorldSeed
  /** Keep the world in this file and go on from it after a restart; the seed then only counts for the first start. */
  statePath?: string
  /** Answers of the API take a seeded-random time in this range. */
  latencyMs?: LatencyRange
  now?: () => Date
  /** Bearer token /sms asks for; without it any caller may send. */
  smsToken?: string
  /** 可信域名 with port; when given, redirect_uri must be on one of them (50001). */
  trustedDomains?: string[]
  /** Calls one endpoint answers at a time before 45033; WeCom publishes no number. */
  concurrencyPerEndpoint?: number
  limits?: Partial<Limits>
  /** groupchat/get answers what was true so long ago; WeCom's own lag is about 2000. 0 by default. */
  groupLagMs?: number
  callbackTiming?: {
    /** doc 90930: WeCom hangs up after 5 s. */
    timeoutMs?: number
    /** Pause before a retry; WeCom publishes none. */
    retryDelayMs?: number
  }
}

/** What may be shown of the options: no secrets. */
export type PublicSettings = Pick<SimulatorOptions, 'corpId' | 'agentId'>
