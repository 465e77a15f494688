import type { FastifyReply } from 'fastify'
import { type Html, html, renderHtml, trustedHtml } from './html.ts'
import { style } from './style.ts'

/** One page: a column with one thing to do. */
export function page({ title, body }: { title: string; body: Html }): Html {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trustedHtml(style)}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`
}

export interface Host {
  name?: string | undefined
  storeName?: string | undefined
}

/** Who speaks: the guide and their counter, at the top of everything a customer opens. */
export function hostHeader({ name, storeName }: Host): Html | undefined {
  if (!name && !storeName) return undefined
  const [initial = ''] = name ?? storeName ?? ''
  return html`<header class="host"><span class="face" aria-hidden="true">${initial}</span>
<span><b>${name ?? storeName}</b>${name && storeName ? html`<span>${storeName}</span>` : ''}</span></header>`
}

export interface Notice {
  title: string
  says: string
  host?: Host | undefined
  action?: { label: string; href: string } | undefined
  /** For whoever mends it: behind 详情. */
  detail?: string | undefined
}

/** A page that says what happened and what to do now. */
export function noticePage({ title, says, host, action, detail }: Notice): Html {
  return page({
    title,
    body: html`${host && hostHeader(host)}
<section class="card"><div class="lead"><h1>${title}</h1><p>${says}</p></div>
${action && html`<a class="button" href="${action.href}">${action.label}</a>`}
${detail && html`<details><summary>详情</summary><p class="small">${detail}</p></details>`}</section>`,
  })
}

export function sendPage(reply: FastifyReply, status: number, content: Html): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderHtml(content))
}
