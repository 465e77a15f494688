import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { noticePage, sendPage } from '../pages/layout.ts'
import { insertBoot, readBoot } from './boot.ts'
import { compressPage } from './compress.ts'

const DIST = fileURLToPath(new URL('../../../sidebar-web/dist/', import.meta.url))
const YEAR_S = 365 * 24 * 60 * 60

/** The sidebar's page, made for whoever asks, and its files, whose names change with their content. */
export const sidebarRoutes: FastifyPluginAsyncTypebox<Deps & { dist?: string }> = async (app, deps) => {
  const dist = deps.dist ?? DIST

  await app.register(fastifyStatic, {
    root: `${dist}assets/`,
    prefix: '/sidebar/assets/',
    index: false,
    preCompressed: true,
    immutable: true,
    maxAge: YEAR_S * 1000,
    decorateReply: false,
    suppressWarning: true,
  })

  app.get('/sidebar', async (_request, reply) => reply.redirect('/sidebar/', 301))
  app.get('/sidebar/', servePage)
  app.get('/sidebar/index.html', servePage)

  async function servePage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const page = await readFile(`${dist}index.html`, 'utf8').catch(missing)
    if (page === undefined) return sendPage(reply, 503, notBuiltPage)
    const { body, encoding } = await compressPage(
      insertBoot(page, await readBoot(deps, request)),
      request.headers['accept-encoding'],
    )
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'private, no-cache')
      .header('vary', 'accept-encoding')
    if (encoding) reply.header('content-encoding', encoding)
    return reply.send(body)
  }
}

const notBuiltPage = noticePage({
  title: '侧边栏还没有构建',
  says: '请管理员在服务器上运行 npm run setup,完成后刷新这个页面。',
})

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
