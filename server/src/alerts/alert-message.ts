import { formatMinute } from '../wording/days.ts'
import { type AlertKind, alertKinds } from './alert-kinds.ts'

/** doc 90236, in characters; WeCom cuts what is longer. */
const LONGEST = 512
const SHOWN = 3
const LONGEST_DETAIL = 120

export interface TextCard {
  title: string
  description: string
  url: string
  btntxt: string
}

/** One card for all that has come up of one kind. */
export function alertCard(
  kind: AlertKind,
  alerts: readonly { detail: string; lastRaisedAt: Date }[],
  publicUrl: string,
): TextCard {
  const { title, advice } = alertKinds[kind]
  const newest = new Date(Math.max(...alerts.map(({ lastRaisedAt }) => lastRaisedAt.getTime())))
  const shown = alerts.slice(0, SHOWN).map(({ detail }) => plain(detail).slice(0, LONGEST_DETAIL))
  const more = alerts.length > SHOWN ? [`等 ${alerts.length} 条`] : []
  const description =
    `<div class="gray">${formatMinute(newest)}</div>` +
    `<div class="normal">${[...shown, ...more].join('<br>')}</div>` +
    `<div class="highlight">${advice}</div>`
  return {
    title: plain(title),
    description: description.slice(0, LONGEST),
    url: `${publicUrl}/console/`,
    btntxt: '去处理',
  }
}

/** The card knows a few tags of its own; what we are told may not look like one. */
function plain(text: string): string {
  return text.replace(/[<>]/g, '')
}
