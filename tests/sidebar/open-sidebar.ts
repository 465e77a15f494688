import type { Browser, Page } from 'playwright-core'
import type { Mock } from './mock-server.ts'
import { ANNA } from './samples.ts'
import { type ClientMood, calm, installClient } from './wecom-stub.ts'

export const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light wxwork/5.0.10 (MicroMessenger/6.2) WindowsWechat'
export const ANDROID_DARK =
  'Mozilla/5.0 (Linux; Android 15; PKG110; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.86 Mobile Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1 NetType/4G Language/zh Lang/zh ColorScheme/Dark'
export const PLAIN_BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'

export interface Opening {
  mood?: Partial<ClientMood>
  userAgent?: string
  width?: number
  height?: number
  dark?: boolean
  query?: string
  /** The test may move the page's time, and hold it: `holdTime`. */
  clock?: boolean
}

/** The sidebar in a window of its own, as WeCom opens it, with the chat of `mood.contact` beside it. */
export async function openSidebar(browser: Browser, mock: Mock, opening: Opening = {}): Promise<Page> {
  const { mood, userAgent = DESKTOP, width = 360, height = 760, dark = false, query = '', clock = false } = opening
  const context = await browser.newContext({
    userAgent,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  if (clock) await page.clock.install()
  if (userAgent !== PLAIN_BROWSER) await page.addInitScript(installClient, { ...calm, contact: ANNA, ...mood })
  await page.goto(`${mock.origin}/sidebar/${query}`)
  return page
}

/** From here on the page's time stands still unless the test moves it; the page was opened with `clock`. */
export async function holdTime(page: Page): Promise<void> {
  for (;;) {
    const soon = await page.evaluate(() => Date.now() + 100)
    try {
      return await page.clock.pauseAt(soon)
    } catch (error) {
      // On a busy machine the moment is over before the page hears of it; it stands still all the same, at another.
      if (!String(error).includes('to the past')) throw error
    }
  }
}

/** The guide clicks another chat, then comes back to the sidebar. */
export async function turnTo(page: Page, contact: string): Promise<void> {
  await page.evaluate((id) => {
    window.client.contact = id
    dispatchEvent(new Event('focus'))
  }, contact)
}
