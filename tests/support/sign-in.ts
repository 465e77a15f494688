import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import type { Wecom } from '@zhanggui/server/wecom/port.ts'
import type { LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import type { TestApp } from './app.ts'
import { type Browser, browser } from './browser.ts'

/** WeCom as sign-in meets it: `code:<userid>:<anything>` is that member's code, once; tickets are fixed. */
export function signInWecom(overrides: Partial<Wecom> = {}): Wecom {
  const used = new Set<string>()
  return {
    async call(endpoint, params) {
      const [kind, userid] = 'code' in params ? String(params.code).split(':') : []
      const code = 'code' in params ? String(params.code) : ''
      if (endpoint !== 'auth/getuserinfo' || kind !== 'code' || used.has(code))
        throw new WecomError({ endpoint, doc: '91023', errcode: 40029 })
      used.add(code)
      return JSON.parse(JSON.stringify({ userid }))
    },
    upload: () => Promise.reject(new Error('not in this test')),
    ticket: async (kind) => `TICKET-${kind}`,
    close: async () => {},
    ...overrides,
  }
}

let codes = 0

/** Signs a member in through the front door. The app must stand on `signInWecom`. */
export async function signIn(t: TestApp, userId: string, by: Browser = browser(t)): Promise<Browser> {
  const state = stateOf((await by.get('/auth/start?next=/sidebar/')).headers.location)
  const back = await by.get(`/auth/callback?code=${encodeURIComponent(`code:${userId}:${codes++}`)}&state=${state}`)
  expect(back.statusCode).toBe(302)
  return by
}

/** The state WeCom was given. */
export function stateOf(authorizeUrl: string | undefined): string {
  return new URL(authorizeUrl ?? '').searchParams.get('state') ?? ''
}

/** Signs a member in through the simulated WeCom's own sign-in; `answer` is where that ended. */
export async function signInThroughWecom(
  { server, simulator }: { server: Pick<TestApp, 'app'>; simulator: { url: string } },
  userId: string,
  by: Browser = browser(server),
): Promise<{ by: Browser; answer: LightMyRequestResponse }> {
  const asked = new URL((await by.get('/auth/start?next=/sidebar/')).headers.location ?? '', simulator.url)
  asked.searchParams.set('simulator_account', userId)
  const back = await fetch(asked, { redirect: 'manual' })
  const { pathname, search } = new URL(back.headers.get('location') ?? '')
  return { by, answer: await by.get(pathname + search) }
}
