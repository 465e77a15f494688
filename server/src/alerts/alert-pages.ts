import { consolePage } from '../console/layout.ts'
import { type Html, html } from '../pages/html.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { formatMinute } from '../wording/days.ts'
import { alertKinds } from './alert-kinds.ts'
import type { ClosedAlert, OpenAlert } from './alerts.repository.ts'

export function alertsPage(viewer: Viewer, open: readonly OpenAlert[], closed: readonly ClosedAlert[]): Html {
  return consolePage({
    title: '提醒',
    viewer,
    current: '/console/alerts',
    body: html`<h1>提醒</h1>
<section class="card"><h2>要处理的</h2>
${open.length > 0 ? html`<ul class="list">${open.map((alert) => alertRow(alert))}</ul>` : html`<p class="empty">没有要处理的。</p>`}</section>
<section class="card"><h2>处理过的</h2>
${closed.length > 0 ? html`<ul class="list">${closed.map(closedRow)}</ul>` : html`<p class="empty">还没有过。</p>`}</section>`,
  })
}

/** One that waits for somebody, with the button that takes it away. */
export function alertRow({ alertId, kind, detail, raisedAt, lastRaisedAt, times }: OpenAlert): Html {
  const { title, advice } = alertKinds[kind]
  const since = `${formatMinute(raisedAt)} 起`
  const again = times > 1 ? `,${times} 次,最近 ${formatMinute(lastRaisedAt)}` : ''
  return html`<li><div class="row"><div><span class="title">${title}</span><p>${detail}</p>
<ul class="fix"><li>${advice}</li></ul><span class="small">${since}${again}</span></div>
<form method="post" action="/console/alerts/${alertId}/close"><button class="button quiet" aria-label="处理好了:${title}">处理好了</button></form></div></li>`
}

function closedRow({ kind, detail, raisedAt, closedAt, closedBy }: ClosedAlert): Html {
  const ended = `${formatMinute(raisedAt)} — ${closedAt ? formatMinute(closedAt) : ''}`
  return html`<li><span class="title">${alertKinds[kind].title}</span><p>${detail}</p>
<span class="small">${ended},${closedBy === null ? '原因消失,自动关闭' : `${closedBy} 关闭`}</span></li>`
}
