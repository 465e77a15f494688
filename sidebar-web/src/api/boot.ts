import type { Boot } from '@zhanggui/shared/session.ts'

/** What the server wrote into the page, if it served the page; the development server does not. */
export function readBoot(): Boot | undefined {
  const text = document.getElementById('boot')?.textContent
  return text ? JSON.parse(text) : undefined
}

export function liveUrl(): string {
  return location.href.replace(/#.*$/, '')
}
