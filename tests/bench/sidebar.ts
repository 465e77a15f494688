import { startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { type BrowserContext, chromium } from 'playwright-core'
import { calm, installClient } from '../sidebar/wecom-stub.ts'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts'
import { TILL_KEY, testEnv } from '../support/env.ts'
import { freePort } from '../support/free-port.ts'
import { smallWorld } from '../support/seed.ts'
import { until } from '../support/until.ts'
import { startBenchPostgres, startBuiltServer } from './scene.ts'

const RUNS = 7
const NAME = '安娜王'
const CUSTOMER = 'wmAnna'
/** The simulated 4G of the budget: 1.6 Mbit/s, 150 ms, a processor slowed four times. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const SLOWER = 4
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat'

/**
 * The real sidebar from the real server, signed in, nothing cached, to the customer's name on screen; beside it, in
 * the same run and on the same line, the plainest page there is: one small answer of the same server.
 */
export async function benchSidebar(): Promise<void> {
  const postgres = await startBenchPostgres()
  const customers = [{ externalUserId: CUSTOMER, name: NAME, gender: 2 as const }]
  const simulator = await startSimulator({
    corpId: testEnv.WECOM_CORP_ID,
    agentId: testEnv.WECOM_AGENT_ID,
    agentSecret: testEnv.WECOM_AGENT_SECRET,
    seed: smallWorld({ customers }),
  })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startBuiltServer(await postgres.newDatabase(), {
    PORT: String(port),
    PUBLIC_URL: url,
    WECOM_API_URL: simulator.url,
    WECOM_OAUTH_URL: simulator.url,
  })
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] })
  try {
    simulator.configureCallback({
      url: `${url}/callbacks/wecom`,
      token: testEnv.WECOM_CALLBACK_TOKEN,
      aesKey: testEnv.WECOM_CALLBACK_AES_KEY,
    })
    await (await simulator.addFriend({ guide: 'LinXiao', customer: CUSTOMER })).delivered
    await buyTenTimes(url)
    await until(async () => simulator.messages('LinXiao', CUSTOMER).some(({ from }) => from === 'guide'))

    const context = await browser.newContext({
      viewport: { width: 360, height: 760 },
      userAgent: WINDOWS,
      locale: 'zh-CN',
    })
    await context.addCookies([{ name: 'simulator_account', value: 'LinXiao', url }])
    await context.addInitScript(installClient, { ...calm, contact: CUSTOMER })
    const first = await context.newPage()
    await first.goto(`${url}/sidebar/`)
    await first.getByRole('heading', { name: NAME }).waitFor()
    await first.close()

    const floors: Load[] = []
    const loads: Load[] = []
    for (let run = 0; run < RUNS; run += 1) {
      floors.push(await load(context, `${url}/healthz`, 'ok'))
      loads.push(await load(context, `${url}/sidebar/`, NAME))
    }
    const ms = loads.map((one) => one.ms).sort((a, b) => a - b)
    const middle = ms[Math.floor(RUNS / 2)] ?? 0
    const floor = floors.map((one) => one.ms).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
    const bytes = Math.max(...loads.map((one) => one.bytes))
    console.log(
      `  name on screen: ${ms.map((one) => Math.round(one)).join(', ')} ms; plainest page ${Math.round(floor)} ms`,
    )
    console.log(
      `sidebar: ${(bytes / 1000).toFixed(1)} kB over the wire to the first customer, name after ${Math.round(middle)} ms (median of ${RUNS}; ${(middle / floor).toFixed(1)} × the plainest page; wanted ≤ 140 kB, ≤ 1500 ms)`,
    )
  } finally {
    await browser.close()
    await server.stop()
    await simulator.stop()
    await postgres.stop()
  }
}

interface Load {
  /** From the start of the navigation to the text on screen. */
  ms: number
  /** Headers and bodies, as they came over the wire until then. */
  bytes: number
}

async function load(context: BrowserContext, url: string, text: string): Promise<Load> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  let bytes = 0
  await cdp.send('Network.enable')
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  await cdp.send('Network.emulateNetworkConditions', NETWORK)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(url, { waitUntil: 'commit' })
  const ms = await page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count
          if (document.body?.innerText.includes(wanted)) requestAnimationFrame(() => resolve(performance.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    text,
  )
  const upToNow = bytes
  await page.close()
  return { ms, bytes: upToNow }
}

async function buyTenTimes(url: string): Promise<void> {
  const put = async (path: string, records: object[]) => {
    const answer = await fetch(`${url}/open/v1/${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TILL_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(records),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  await put('members', [{ memberNo: 'M1', externalUserId: CUSTOMER, tier: '金卡', points: 1280 }])
  await put(
    'orders',
    Array.from({ length: 10 }, (_, index) => ({
      orderId: `o${index}`,
      channel: 'store',
      placedAt: new Date(Date.now() - index * 30 * 86_400_000).toISOString(),
      customer: { externalUserId: CUSTOMER },
      lines: [{ productId: `p${index}`, name: '天鹅项链', quantity: 1, amount: 89_900 }],
    })),
  )
}
