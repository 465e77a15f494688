import { type Html, html, trustedHtml } from '../pages/html.ts'
import { style } from '../pages/style.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { consoleStyle } from './style.ts'

const places = [
  { href: '/console/', label: '首页' },
  { href: '/console/doctor', label: '体检' },
  { href: '/console/alerts', label: '提醒' },
  { href: '/console/failed-jobs', label: '没做成的任务' },
] as const

interface ConsolePage {
  title: string
  viewer: Viewer
  current?: (typeof places)[number]['href']
  body: Html
  /** Asks for itself again after a second: something is under way. */
  reloads?: boolean
}

/** A page for HQ and managers: on a desktop first, on a phone as well. It needs no script. */
export function consolePage({ title, viewer, current, body, reloads = false }: ConsolePage): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
${reloads && html`<meta http-equiv="refresh" content="1">`}
<title>${title} · 掌柜</title>
<link rel="icon" href="data:,">
<style>${trustedHtml(style + consoleStyle)}</style>
</head>
<body>
<nav class="top" aria-label="控制台"><div><b>掌柜</b>${viewer.role === 'hq' && places.map((place) => link(place, current))}</div></nav>
<main>
${body}
</main></body>
</html>
`
}

function link({ href, label }: (typeof places)[number], current: string | undefined): Html {
  return html`<a href="${href}"${href === current && html` aria-current="page"`}>${label}</a>`
}
