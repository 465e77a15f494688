import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyError } from 'fastify'
import { couponPageRoutes } from './coupons/coupon-page.routes.ts'
import type { Deps } from './deps.ts'
import type { AppError } from './errors.ts'
import { joinRoutes } from './membership/join.routes.ts'
import { noticePage, sendPage } from './pages/layout.ts'
import { visitRoutes } from './shares/visit.routes.ts'

/** What customers open in WeChat. Their links are secrets: no cache, no search engine and no referrer gets them. */
export const customerPages: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
  })

  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const status = 'status' in error ? error.status : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error }, 'a customer page failed')
    if ('validationContext' in error && error.validationContext === 'params') return sendPage(reply, 404, unknownPage)
    if (status === 429) return sendPage(reply, status, busyPage)
    return sendPage(reply, status, status >= 500 ? brokenPage : unusablePage)
  })

  await app.register(joinRoutes, deps)
  await app.register(couponPageRoutes, deps)
  await app.register(visitRoutes, deps)
}

const unknownPage = noticePage({
  title: '这个链接打不开',
  says: '链接可能没有复制完整。请回到聊天里重新点开,或请您的导购再发一次。',
})
const busyPage = noticePage({ title: '请稍等一下', says: '打开得有点频繁,一分钟后再试就好。' })
const brokenPage = noticePage({
  title: '暂时打不开',
  says: '是我们这边出了问题,请过一会儿再试。',
})
const unusablePage = noticePage({ title: '这一页没有收好', says: '请返回上一页再提交一次。' })
