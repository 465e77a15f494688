import type { CallbackKeys, Config } from '../../config.ts'
import { APP_MENU } from '../../wecom/refusals.ts'
import { readEcho, readPosted } from '../callback-verdict.ts'
import { type Check, type Finding, fail, ok, skipped, warn } from '../check.ts'
import { explainSilence, type HttpAnswer } from '../http.ts'
import { sealEcho, sealForeign } from '../probe.ts'
import type { Tools } from '../tools.ts'

const GROUP = '公网入口'

export const localServer: Check = {
  id: 'server',
  group: GROUP,
  title: '本机的服务',
  needs: ['settings'],
  async run({ config, http }) {
    if (config.port === 0) return skipped('端口是随机的,看公网入口就好')
    const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
    const place = `${host}:${config.port}`
    try {
      const { status } = await http.ask(`http://${host.includes(':') ? `[${host}]` : host}:${config.port}/readyz`)
      if (status === 200) return ok(place)
      return fail(`${place} 应答 HTTP ${status}`, status === 503 ? '数据库没应答,先看上面' : '这个端口被别的程序占了')
    } catch (error) {
      if (!explainSilence(error)) throw error
      return warn(`${place} 没有在应答`, '服务若在这台机器上,运行 npm start')
    }
  },
}

/** Whoever answers at the public address, asked; `judge` reads what came back. */
async function askPublic(
  { config, http }: Tools,
  url: string,
  judge: (answer: HttpAnswer) => Finding,
  ask?: Parameters<Tools['http']['ask']>[1],
): Promise<Finding> {
  try {
    return judge(await http.ask(url, ask))
  } catch (error) {
    const silence = explainSilence(error)
    if (!silence) throw error
    const host = new URL(config.publicUrl).host
    return fail(`${host}:${silence.says}`, ...silenceFix(silence.layer, config))
  }
}

function silenceFix(layer: 'dns' | 'tls' | 'connection' | 'time', { host, port }: Config): string[] {
  const insideOnly = '从这台机器连不上、从外面连得上也有可能,用手机流量打开 PUBLIC_URL 看一眼'
  switch (layer) {
    case 'dns':
      return ['给域名加解析记录,指到反向代理的公网地址;刚加的要等几分钟']
    case 'tls':
      return ['在反向代理上换一张有效的证书,连同中间证书;企业微信不认自签的']
    case 'connection':
      return [`确认反向代理在运行,443 端口对外开放,后面转到 ${host}:${port}`, insideOnly]
    case 'time':
      return ['多半是防火墙或安全组没放行 443 端口', insideOnly]
  }
}

function echoCheck(
  { id, title, path, menu }: { id: string; title: string; path: string; menu: string },
  keysOf: (config: Config) => CallbackKeys | undefined,
): Check {
  return {
    id,
    group: GROUP,
    title,
    needs: ['settings'],
    async run(tools) {
      const { config, clock } = tools
      const keys = keysOf(config)
      if (!keys) return skipped('没有设 WECOM_CONTACTS_TOKEN,用不到')
      const url = `${config.publicUrl}${path}`
      const ask = () => {
        const { query, plaintext } = sealEcho(keys, config.wecom.corpId, clock.now())
        return askPublic(tools, `${url}?${query}`, (answer) => readEcho(answer, plaintext, { url, menu }))
      }
      const first = await ask()
      // The first one may have paid for connections, and for all we look at in the same moment.
      return first.status === 'ok' ? first : ask()
    },
  }
}

const APP_CALLBACK = {
  id: 'callback',
  title: '回调验证',
  path: '/callbacks/wecom',
  menu: `${APP_MENU} → 接收消息 → 设置API接收`,
}
const CONTACTS_CALLBACK = {
  id: 'contacts-callback',
  title: '通讯录回调',
  path: '/callbacks/wecom/contacts',
  menu: '管理后台 → 安全与管理 → 管理工具 → 通讯录同步 → 设置接收事件服务器',
}

/** As WeCom does it when an admin presses 保存, with our own keys (doc 90930). */
export const callback = echoCheck(APP_CALLBACK, ({ callbackKeys }) => callbackKeys)
export const contactsCallback = echoCheck(CONTACTS_CALLBACK, ({ contactsCallbackKeys }) => contactsCallbackKeys)

/**
 * A real message, well signed and sealed, addressed to nobody: our server opens it, sees that and keeps nothing.
 * So it shows that a POST of XML gets through to the end.
 */
export const callbackPost: Check = {
  id: 'callback-post',
  group: GROUP,
  title: '回调接收',
  needs: ['callback'],
  async run(tools) {
    const { config, clock } = tools
    const { query, body } = sealForeign(config.callbackKeys, clock.now())
    const url = `${config.publicUrl}${APP_CALLBACK.path}?${query}`
    return askPublic(tools, url, readPosted, { method: 'POST', body, contentType: 'text/xml' })
  },
}

export const domainProof: Check = {
  id: 'domain-proof',
  group: GROUP,
  title: '域名归属文件',
  needs: ['settings'],
  async run(tools) {
    const { domainProof: proof, publicUrl } = tools.config
    const menu = `${APP_MENU} → 网页授权及JS-SDK → 申请校验域名`
    if (!proof) return skipped('没有设 WW_VERIFY;校验文件放在别处的,不用管')
    const file = `WW_verify_${proof.name}.txt`
    return askPublic(tools, `${publicUrl}/${file}`, ({ status, text }) => {
      if (status === 200 && text === proof.content) return ok(`/${file}`)
      if (status >= 300 && status < 400) return fail('被转到别处去了', `反向代理对 /${file} 不要跳转,要直接给内容`)
      if (status === 200)
        return fail('内容不对', `核对 WW_VERIFY 与 ${menu}下载的文件,改好后重启`, '也可能是别的网站在应答')
      return fail(`应答 HTTP ${status}`, `反向代理要把 /${file} 转给掌柜;改过 WW_VERIFY 的要重启`)
    })
  },
}
