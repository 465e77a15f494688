import { expect } from 'vitest'
import { openApi } from '../ownership/open-api.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { couponTemplate, openShop, put } from '../support/shop.ts'
import { signInWecom } from '../support/sign-in.ts'

/** A shop with one template of coupons, and a till that issues and redeems them. */
export async function openCounter(template: object = {}) {
  const t = await testApp({ wecom: signInWecom(), env: { HQ_USER_IDS: 'HeadOffice' } })
  await openShop(t)
  await put(t, 'coupons', [couponTemplate(template)])
  return { t, till: tillOf(t) }
}

export function tillOf(t: TestApp) {
  const api = openApi(t)
  return {
    ...api,
    /** A new code of a customer. */
    async issue(customer = 'wmAnna', wish: object = {}): Promise<string> {
      const body = { couponId: 'save100', customer: { externalUserId: customer }, ...wish }
      const answer = await api.post('/coupons/issue', body)
      expect(answer.json()).toMatchObject({ code: expect.any(String) })
      return answer.json().code
    },
    redeem: (code: string, wish: object = {}) => api.post('/coupons/redeem', { code, storeId: 'pandora', ...wish }),
  }
}

export function events(t: TestApp, code: string) {
  return t.db
    .selectFrom('couponEvent')
    .select(['what', 'guideUserId', 'storeId', 'orderId', 'source', 'reason'])
    .where('code', '=', code)
    .orderBy('couponEventId')
    .execute()
}

/** `code` with its last character but one another one. */
export function mistype(code: string): string {
  return `${code.slice(0, -2)}${code.at(-2) === '0' ? '2' : '0'}${code.at(-1)}`
}
