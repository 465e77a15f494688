import type { RunningCorp } from '@zhanggui/wecom-simulator/reference-corp/start.ts'

export type Answer = { errcode: number; errmsg: string } & Record<string, unknown>
export type CorpClient = Awaited<ReturnType<typeof createCorpClient>>

/** Calls with a token of its own; a body makes it a POST. */
export async function createCorpClient({ url, corpId, secret }: Pick<RunningCorp, 'url' | 'corpId' | 'secret'>) {
  const { access_token } = await read(`${url}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
  const token = String(access_token)

  async function call(path: string, { query = {}, body }: { query?: Record<string, string>; body?: object } = {}) {
    const search = new URLSearchParams({ access_token: token, ...query })
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    return read(`${url}/cgi-bin/${path}?${search}`, init)
  }

  return {
    call,
    /** Every row of a POST endpoint, page by page. */
    async *rows(path: string, name: string, body: object): AsyncGenerator<unknown> {
      let cursor = ''
      do {
        const page = await call(path, { body: { ...body, cursor } })
        if (!Array.isArray(page[name])) throw new Error(page.errmsg)
        yield* page[name]
        cursor = String(page.next_cursor)
      } while (cursor)
    },
    /** The bench's own address of the corp. */
    async control(path = '', init?: { method?: string; body?: object }) {
      const response = await fetch(`${url}/simulator/api/reference-corp${path}`, {
        method: init?.body ? 'POST' : init?.method,
        ...(init?.body ? { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } } : {}),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

async function read(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init)
  return JSON.parse(await response.text())
}
