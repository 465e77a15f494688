import type { RemarkView } from '@zhanggui/shared/remark.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { type Opening, openSidebar } from './open-sidebar.ts'
import { ANNA, annaCard } from './samples.ts'
import { atRest } from './watch-page.ts'

const chromium = useChromium()
const REMARK = `/api/customers/${ANNA}/remark`

const seen: RemarkView = {
  remark: '王姐,国金公寓',
  description: '',
  company: '国金',
  phones: [{ key: 'k1', masked: '138****5678' }],
}

async function start(view: RemarkView = seen): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.answers.set(`GET ${REMARK}`, () => ({ body: view }))
  mock.answers.set(`PUT ${REMARK}`, ({ body }) => ({ body: written(view, Object(body)) }))
  return mock
}

function written(view: RemarkView, change: Record<string, { to: string }>): RemarkView {
  return { ...view, remark: change.remark?.to ?? view.remark, description: change.description?.to ?? view.description }
}

async function openSheet(mock: Mock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(chromium(), mock, opening)
  await page.getByRole('button', { name: '编辑备注' }).click()
  await page.getByRole('textbox', { name: '称呼' }).waitFor()
  return page
}

const puts = (mock: Mock) => mock.requests('PUT', REMARK).map(({ body }) => body)

test('only what was changed is sent, with what was seen before, and is on the card at once', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.getByRole('textbox', { name: '称呼' }).fill('王姐 周末来')
  await page.getByRole('button', { name: '去掉138****5678' }).click()
  await page.getByRole('button', { name: '+ 加一个电话' }).click()
  await page.keyboard.type('139 1111 2222')
  await page.getByRole('button', { name: '保存' }).click()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(puts(mock)).toEqual([
    {
      remark: { from: '王姐,国金公寓', to: '王姐 周末来' },
      phones: { from: ['k1'], to: [{ number: '139 1111 2222' }] },
    },
  ])
  await page.locator('dd', { hasText: '王姐 周末来' }).waitFor()
})

test('saving without a change asks nobody', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.getByRole('button', { name: '保存' }).click()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  expect(puts(mock)).toEqual([])
})

test('characters are counted as WeCom does, and too many cannot be saved', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.getByRole('textbox', { name: '称呼' }).fill(`${'长'.repeat(18)}👗👗`)
  await page.getByText('20/20').waitFor()
  await expect.poll(() => page.getByRole('button', { name: '保存' }).isEnabled()).toBe(true)
  await page.getByRole('textbox', { name: '称呼' }).fill('长'.repeat(22))
  await page.getByText('多了 2 个字').waitFor()
  await expect.poll(() => page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true)
  await page.getByRole('textbox', { name: '称呼' }).fill('王姐')
  await page.getByRole('button', { name: '+ 加一个电话' }).click()
  await page.keyboard.type('打给妈妈')
  await page.getByText('这不像电话号码').waitFor()
  await expect.poll(() => page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true)
})

test('changed in WeCom meanwhile: the newer text is shown, what was written is not lost', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.getByRole('textbox', { name: '称呼' }).fill('安娜')
  await page.getByRole('textbox', { name: '描述' }).fill('爱银色')
  mock.answers.set(`PUT ${REMARK}`, () => ({ status: 409, body: { code: 'remark_changed' } }))
  mock.answers.set(`GET ${REMARK}`, () => ({ body: { ...seen, remark: '王女士' } }))
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').getByText('企业微信里刚刚改过').waitFor()
  await expect.poll(() => page.getByRole('textbox', { name: '称呼' }).inputValue()).toBe('王女士')
  await expect.poll(() => page.getByRole('textbox', { name: '描述' }).inputValue()).toBe('爱银色')
  await page.getByText('你写的“安娜”还没保存').waitFor()
  await page.getByRole('button', { name: '用我写的称呼' }).click()
  mock.answers.set(`PUT ${REMARK}`, () => ({ body: { ...seen, remark: '安娜', description: '爱银色' } }))
  await page.getByRole('button', { name: '保存' }).click()
  await expect
    .poll(() => puts(mock).at(-1))
    .toEqual({
      remark: { from: '王女士', to: '安娜' },
      description: { from: '', to: '爱银色' },
    })
})

test('what WeCom refuses is said in its words; a failure keeps what was written', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.getByRole('textbox', { name: '称呼' }).fill('安娜')
  mock.answers.set(`PUT ${REMARK}`, () => ({
    status: 409,
    body: { code: 'write_refused', detail: '你和 TA 已经不是好友了' },
  }))
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').getByText('没有保存:你和 TA 已经不是好友了').waitFor()
  mock.answers.set(`PUT ${REMARK}`, () => ({ status: 503, body: { code: 'wecom_unreachable' } }))
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').getByText('没有保存:连不上企业微信').waitFor()
  expect(await page.getByRole('textbox', { name: '称呼' }).inputValue()).toBe('安娜')
})

test('a colleague of another company has no company to note; the form waits and fails like everything else', async () => {
  const { company: _none, ...view } = seen
  await using mock = await start(view)
  const page = await openSheet(mock)
  expect(await page.getByLabel('公司').count()).toBe(0)
  await page.getByRole('button', { name: '取消' }).click()
  mock.answers.set(`GET ${REMARK}`, () => ({ status: 503, body: { code: 'unavailable' } }))
  await page.getByRole('button', { name: '编辑备注' }).click()
  await page.getByRole('dialog').getByText('服务正忙').waitFor()
})

test.for([300, 360] as const)('at %i px the form fits', async (width) => {
  await using mock = await start()
  const page = await openSheet(mock, { width })
  await atRest(page)
  expect(await page.locator('.sheet').evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth)).toBe(0)
})
