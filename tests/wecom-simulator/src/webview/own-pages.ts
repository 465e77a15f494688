import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

const shimFile = new URL('../../bridge-shim.js', import.meta.url)

export async function serveShim(response: ServerResponse): Promise<void> {
  const script = await readFile(shimFile)
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' }).end(script)
}

/** Shown while the product does not answer; looks again by itself. */
export function servePause(response: ServerResponse): void {
  const body = '<h1>店铺系统还没起来</h1><p>它一起来,这里就会打开。</p>'
  response
    .writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(page('<meta http-equiv="refresh" content="2">', body))
}

/** Where the demo's world ends: a page of somebody else's, which the phone would open now. */
export function serveOutside(response: ServerResponse, address: string): void {
  const body = `<h1>顾客去了别的网站</h1><p>真实环境里,手机会打开这一页:</p><p class="url">${escapeHtml(address)}</p>`
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    .end(page('', body))
}

function page(head: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}
<style>body{margin:0;min-height:100vh;display:grid;place-content:center;justify-items:center;gap:8px;padding:24px;text-align:center;background:#f6f7f9;color:#1a1d21;font:14px/1.6 "PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",system-ui,sans-serif}
h1{margin:0;font-size:16px;font-weight:500}p{margin:0;color:#5b626b}.url{word-break:break-all;font-size:12px;background:#fff;border:1px solid #e3e6ea;border-radius:8px;padding:8px 12px}</style></head><body>${body}</body></html>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
