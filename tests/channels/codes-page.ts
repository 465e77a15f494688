import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionView } from '@zhanggui/shared/session.ts'
import type { Browser, Page } from 'playwright-core'
import { startMock } from '../sidebar/mock-server.ts'
import { type Opening, openSidebar } from '../sidebar/open-sidebar.ts'
import { ANNA, annaCard } from '../sidebar/samples.ts'
import { repository } from '../support/repository.ts'
import { channels, choices, myChannel } from './samples.ts'

/** A server with codes of every standing. */
export async function startCodes(role: SessionView['role'] = 'manager') {
  const mock = await startMock()
  mock.world.role = role
  mock.world.customers.set(ANNA, annaCard())
  mock.answers.set('GET /api/channels/mine', () => ({ body: { channel: myChannel } }))
  mock.answers.set('GET /api/channels', () => ({ body: { channels } }))
  mock.answers.set('GET /api/channels/choices', () => ({ body: choices }))
  return mock
}

export type CodesMock = Awaited<ReturnType<typeof startCodes>>

/** The sidebar beside a chat, with the codes' page opened. */
export async function openCodes(browser: Browser, mock: CodesMock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(browser, mock, opening)
  const png = await readFile(join(repository, 'tests/channels/code.png'))
  await page.route('**/qr.png', (route) => route.fulfill({ body: png, contentType: 'image/png' }))
  await page.getByRole('button', { name: '我', exact: true }).click()
  await page.getByRole('button', { name: '我的码', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  return page
}
