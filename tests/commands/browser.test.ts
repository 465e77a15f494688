import { expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'

test('the browser of the tests draws a page', async () => {
  const browser = await launchChromium()
  const page = await browser.newPage()
  await page.setContent('<button>发送</button>')
  expect(await page.getByRole('button', { name: '发送' }).isVisible()).toBe(true)
  await browser.close()
})
