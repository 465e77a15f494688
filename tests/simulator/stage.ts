import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core'
import { makeSimulator, type TestSimulator } from './make-simulator.ts'
import { type StandInProduct, standInProduct } from './stand-in-product.ts'

export interface Stage extends AsyncDisposable {
  simulator: Simulator
  cloud: TestSimulator
  product: StandInProduct
  page: Page
  guide: Locator
  phone: Locator
  sidebar: FrameLocator
}

/** The simulator's page in a browser, with the stand-in product behind its web view. */
export async function openStage(browser: Browser, options: BrowserContextOptions = {}): Promise<Stage> {
  const product = await standInProduct()
  const cloud = await makeSimulator({ webviewPort: 0, target: product.url })
  product.useCloud(cloud)
  const context = await browser.newContext({ viewport: { width: 1400, height: 860 }, ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(cloud.simulator.url)
  return {
    simulator: cloud.simulator,
    cloud,
    product,
    page,
    guide: page.getByRole('region', { name: '导购的企业微信' }),
    phone: page.getByRole('region', { name: '顾客的手机' }),
    sidebar: page.frameLocator('iframe[title="侧边栏"]'),
    async [Symbol.asyncDispose]() {
      await context.close()
      await cloud.simulator.stop()
      await product[Symbol.asyncDispose]()
    },
  }
}
