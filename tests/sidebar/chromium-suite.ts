import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { buildSidebar } from './built-sidebar.ts'

/** One browser for the tests of a file, and the sidebar as it is shipped. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    await buildSidebar()
    browser = await launchChromium()
  }, 120_000)
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  afterAll(() => browser?.close())
  return () => {
    if (!browser) throw new Error('the browser is not started')
    return browser
  }
}
