import type { Deps } from '../deps.ts'
import { acquisitionLinks } from './acquisition-link.ts'
import type { Channel } from './channels.repository.ts'
import type { Told } from './channels.table.ts'
import { contactWays } from './contact-way.ts'

/** What WeCom made of a channel. */
export interface Held {
  wecomId: string
  /** Undefined only if WeCom tells none. */
  url: string | undefined
}

export type WecomDeps = Pick<Deps, 'db' | 'wecom' | 'clock'>

/** One of WeCom's two kinds of thing behind a channel. All throw WecomError. */
export interface Holding {
  /** Members it takes. */
  most: number
  create(channel: Channel, told: Told, deps: WecomDeps): Promise<Held>
  /** What a creation since `since` made whose answer was never heard. */
  findLost(channel: Channel, since: Date, deps: WecomDeps): Promise<Held | undefined>
  update(wecomId: string, channel: Channel, told: Told, deps: WecomDeps): Promise<void>
  remove(wecomId: string, deps: WecomDeps): Promise<void>
  /** WeCom knows no such thing any more. */
  isGone(errcode: number | undefined): boolean
}

export function holdingOf({ kind }: Pick<Channel, 'kind'>): Holding {
  return kind === 'link' ? acquisitionLinks : contactWays
}

/** An answer that comes later than this is as good as none: the next try looks for what it made. */
export const CREATE_TIMEOUT_MS = 8_000

/** WeCom's clock may differ from ours by so much. */
export const CLOCK_SKEW_MS = 5 * 60_000

/** WeCom counts characters, not UTF-16 units. */
export function cutToCharacters(text: string, most: number): string {
  return [...text].slice(0, most).join('')
}
