import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Frames on which the watched text was to be read. */
    seen: number
  }
}

/** Looks at every frame from now on: is `text` to be read anywhere? Hidden text is not. */
export async function watchFrames(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate((watched) => {
    window.seen = 0
    requestAnimationFrame(function look() {
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden must not count
      if (document.body.innerText.includes(watched)) window.seen++
      requestAnimationFrame(look)
    })
  }, text)
  return () => page.evaluate(() => window.seen)
}

/** What a developer would find red in the console: mistakes, refused scripts, rejections nobody took. */
export function collectMistakes(page: Page): string[] {
  const mistakes: string[] = []
  page.on('pageerror', (error) => mistakes.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      mistakes.push(message.text())
  })
  return mistakes
}

/** Nothing moves or fades any more: what is measured and judged is what stays. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    // What a change sets in motion begins with the next frame.
    do {
      await frame()
      await frame()
    } while (document.getAnimations().some(({ playState }) => playState === 'running'))
  })
}

/** A promise and the hand that opens it. */
export function gate(): { after: Promise<void>; open: () => void } {
  let open = () => {}
  const after = new Promise<void>((resolve) => {
    open = resolve
  })
  return { after, open: () => open() }
}
