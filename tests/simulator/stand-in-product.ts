import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { jsSdkSignature } from '@zhanggui/wecom-simulator/sign-in/js-sdk-signature.ts'
import { repository } from '../support/repository.ts'
import { CORP, type TestSimulator } from './make-simulator.ts'

/** The sidebar's own copy of the SDK, as published. */
const sdkFile = createRequire(join(repository, 'sidebar-web/package.json')).resolve('@wecom/jssdk/dist/wecom.prod.js')

export interface StandInProduct extends AsyncDisposable {
  url: string
  /** Tickets come from this cloud. */
  useCloud(cloud: TestSimulator): void
  /** From now on signatures are for another URL. */
  signWrongly(): void
  /** Headers of the requests for the sidebar, newest last. */
  seen: IncomingMessage['headers'][]
}

/** A server with the smallest possible sidebar: sign-in by OAuth, signatures, and the unmodified SDK in a page. */
export async function standInProduct(): Promise<StandInProduct> {
  const seen: IncomingMessage['headers'][] = []
  let cloud: TestSimulator | undefined
  let wrongly = ''

  async function sign(kind: string | null, url: string) {
    const { ticket } =
      kind === 'agent' ? await called('ticket/get', { type: 'agent_config' }) : await called('get_jsapi_ticket')
    const [timestamp, nonceStr] = ['1767225600', 'Zx81kQpL']
    return { timestamp, nonceStr, signature: jsSdkSignature(String(ticket), nonceStr, timestamp, `${url}${wrongly}`) }
  }

  async function called(path: string, query?: Record<string, string>) {
    if (!cloud) throw new Error('The stand-in product has no cloud yet')
    return cloud.call(path, { query })
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = `http://${request.headers['x-forwarded-host']}`
    const { pathname, searchParams } = new URL(request.url ?? '/', origin)
    const guide = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1]
    if (pathname === '/sdk.js') return script(response, await readFile(sdkFile, 'utf8'))
    if (pathname === '/page.js') return script(response, pageScript)
    if (pathname === '/sign') {
      const signed = await sign(searchParams.get('kind'), searchParams.get('url') ?? '')
      response.setHeader('content-type', 'application/json').end(JSON.stringify(signed))
      return
    }
    if (pathname === '/auth/callback') {
      const { userid } = await called('auth/getuserinfo', { code: searchParams.get('code') ?? '' })
      response
        .writeHead(302, { location: '/sidebar/', 'set-cookie': `session=${userid}; Path=/; HttpOnly; SameSite=Lax` })
        .end()
      return
    }
    if (pathname === '/sidebar/') {
      seen.push(request.headers)
      if (!guide) {
        const back = encodeURIComponent(`${origin}/auth/callback`)
        const authorize = `${cloud?.simulator.url}/connect/oauth2/authorize?appid=${CORP}&redirect_uri=${back}&response_type=code&scope=snsapi_base&state=s1&agentid=1000077#wechat_redirect`
        response.writeHead(302, { location: authorize }).end()
        return
      }
      response.writeHead(200, pageHeaders).end(page(guide))
      return
    }
    if (pathname === '/elsewhere') {
      response.writeHead(302, { location: 'https://mall.example/p/1' }).end()
      return
    }
    response.writeHead(200, pageHeaders).end(`<!doctype html><title>顾客页</title><h1>顾客页 ${pathname}</h1>`)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((cause) => response.writeHead(500).end(String(cause)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    signWrongly() {
      wrongly = '?other'
    },
    useCloud(next) {
      cloud = next
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As strict as a product in production: nobody may frame it, and only its own scripts run. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'self';frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'cache-control': 'no-cache',
}

const page = (guide: string) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>侧边栏</title>
<script type="module" src="/page.js"></script></head><body>
<p>导购 <output id="guide">${guide}</output></p><p>配置 <output id="config">等待</output></p>
<p>顾客 <output id="customer">等待</output></p><p>结果 <output id="result">还没发</output></p>
<button id="text">发文字</button><button id="card">发卡片</button><button id="bad">发坏卡片</button>
</body></html>`

const pageScript = `
import * as ww from '/sdk.js'
const show = (id, text) => { document.getElementById(id).textContent = text }
const sign = (kind) => async (url) => (await fetch('/sign?kind=' + kind + '&url=' + encodeURIComponent(url))).json()
addEventListener('unhandledrejection', (event) => { if (event.reason && event.reason.errMsg) event.preventDefault() })
ww.register({
  corpId: '${CORP}', agentId: '1000077',
  jsApiList: ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage'],
  getConfigSignature: sign('corp'), getAgentConfigSignature: sign('agent'),
  onAgentConfigSuccess: (result) => show('config', result.errMsg),
  onAgentConfigFail: (failure) => show('config', failure.errMsg),
})
async function read() {
  try {
    const { entry } = await ww.getContext()
    const { userId } = entry === 'group_chat_tools' ? { userId: (await ww.getCurExternalChat()).chatId } : await ww.getCurExternalContact()
    show('customer', entry + ' ' + userId)
  } catch (failure) { show('customer', failure.errMsg || String(failure)) }
}
addEventListener('focus', read)
read()
const send = (message) => async () => {
  show('result', '发送中')
  try { show('result', (await ww.sendChatMessage(message)).errMsg) } catch (failure) { show('result', failure.errMsg) }
}
const news = { link: location.origin + '/c/1', title: '满 199 减 20', desc: '30 天内有效', imgUrl: location.origin + '/coupon.png' }
document.getElementById('text').onclick = send({ msgtype: 'text', text: { content: '给您留了一张券。' } })
document.getElementById('card').onclick = send({ msgtype: 'news', news })
document.getElementById('bad').onclick = send({ msgtype: 'news', news: { ...news, imgUrl: '' } })
`

function script(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(text)
}
