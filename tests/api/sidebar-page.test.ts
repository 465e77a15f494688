import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sidebarRoutes } from '@zhanggui/server/sidebar/routes.ts'
import { sessionPlugin } from '@zhanggui/server/sign-in/session-plugin.ts'
import { signJsSdk } from '@zhanggui/server/wecom/js-sdk.ts'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Browser, browser } from '../support/browser.ts'
import { openShop } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PAGE = '<!doctype html><html><head><title>掌柜</title></head><body></body></html>'

/** The sidebar's routes over a build of our own, for somebody signed in or not. */
async function sidebarOver(t: TestApp, dist: string, by?: Browser) {
  const app = Fastify()
  await app.register(sessionPlugin, t.deps)
  await app.register(sidebarRoutes, { ...t.deps, dist: `${dist}/` })
  const guide = browser({ app })
  for (const [name, value] of by?.cookies ?? []) guide.cookies.set(name, value)
  return guide
}

async function build() {
  const folder = await temporaryFolder()
  await mkdir(join(folder.path, 'assets'))
  await writeFile(join(folder.path, 'index.html'), PAGE)
  await writeFile(join(folder.path, 'assets/app-1a2b3c.js'), 'plain')
  await writeFile(join(folder.path, 'assets/app-1a2b3c.js.br'), 'small')
  return folder
}

function bootOf(html: string) {
  const [, json = ''] = /<script type="application\/json" id="boot">(.*?)<\/script><\/head>/s.exec(html) ?? []
  return JSON.parse(json)
}

test('the page comes with who is signed in and a signature for its very address', async () => {
  await using folder = await build()
  await using t = await testApp({ wecom: signInWecom() })
  await openShop(t)
  const guide = await sidebarOver(t, folder.path, await signIn(t, 'LinXiao'))
  const answer = await guide.get('/sidebar/?tab=coupons&x=%3C/script%3E')
  expect(answer.headers['cache-control']).toBe('private, no-cache')
  const { session, url, signature } = bootOf(answer.body)
  expect(session).toMatchObject({ guide: { userId: 'LinXiao', name: '林晓' }, role: 'guide' })
  expect(url).toBe('https://guide.example.com/sidebar/?tab=coupons&x=%3C/script%3E')
  expect(signature.signature).toBe(signJsSdk('TICKET-agent', signature.nonceStr, signature.timestamp, url))
  expect(answer.body.match(/<\/script>/g)).toHaveLength(1)
})

test('somebody not signed in gets the page alone', async () => {
  await using folder = await build()
  await using t = await testApp()
  const answer = await (await sidebarOver(t, folder.path)).get('/sidebar/')
  expect(bootOf(answer.body)).toEqual({ url: 'https://guide.example.com/sidebar/' })
})

test('a slow or failing WeCom costs the page its signature, not its life', async () => {
  await using folder = await build()
  for (const ticket of [() => new Promise<string>(() => {}), () => Promise.reject(new Error('down'))]) {
    await using t = await testApp({ wecom: signInWecom({ ticket }) })
    const guide = await sidebarOver(t, folder.path, await signIn(t, 'LinXiao'))
    const answer = await guide.get('/sidebar/')
    expect(answer.statusCode).toBe(200)
    expect(bootOf(answer.body)).toHaveProperty('session')
    expect(bootOf(answer.body)).not.toHaveProperty('signature')
  }
})

test('the page is compressed as the browser likes it', async () => {
  await using folder = await build()
  await using t = await testApp()
  const guide = await sidebarOver(t, folder.path)
  const fetch = (accept: string) => guide.get('/sidebar/', { 'accept-encoding': accept })
  const br = await fetch('gzip, deflate, br')
  expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' })
  expect(brotliDecompressSync(br.rawPayload).toString()).toContain('id="boot"')
  const gzip = await fetch('gzip;q=0.5, br;q=0')
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzip.rawPayload).toString()).toContain('id="boot"')
  expect((await fetch('identity')).body).toContain('id="boot"')
})

test('hashed files are kept for good and come as they were compressed at build', async () => {
  await using folder = await build()
  await using t = await testApp()
  const guide = await sidebarOver(t, folder.path)
  const file = await guide.get('/sidebar/assets/app-1a2b3c.js', { 'accept-encoding': 'br' })
  expect([file.body, file.headers['content-encoding']]).toEqual(['small', 'br'])
  expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(file.headers['content-type']).toContain('javascript')
  expect((await guide.get('/sidebar/assets/gone-1a2b3c.js')).statusCode).toBe(404)
  expect((await guide.get('/sidebar/assets/..%2findex.html')).statusCode).not.toBe(200)
})

test('before the first build the page says what to run', async () => {
  await using folder = await temporaryFolder()
  await using t = await testApp()
  const answer = await (await sidebarOver(t, folder.path)).get('/sidebar/')
  expect(answer.statusCode).toBe(503)
  expect(answer.body).toContain('npm run setup')
})
