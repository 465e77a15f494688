import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { sendPage } from '../pages/layout.ts'
import { LinkToken } from '../pages/link-token.ts'
import { shanghaiDay } from '../wording/days.ts'
import { enrol } from './enrol.ts'
import {
  checkJoinForm,
  emptyForm,
  type Faults,
  type JoinForm,
  mainlandPhone,
  phoneFault,
  readJoinForm,
} from './join-form.ts'
import { type JoinLink, openJoinLink } from './join-link.ts'
import { expiredInvitationPage, joinFormPage, unknownInvitationPage } from './join-page.ts'
import { memberCardPage } from './member-card-page.ts'
import { findMemberOf } from './members.repository.ts'
import { checkCode, type Sending, sendCode } from './phone-verification.ts'

const Link = Type.Object({ token: LinkToken })
const text = Type.Optional(Type.String({ maxLength: 500 }))
const Fields = Type.Object({ name: text, phone: text, code: text, birthday: text, membership: text, marketing: text })

/** How long after enrolling the card still says welcome. */
const NEW_MS = 10 * 60 * 1000
const WRONG_CODE = '验证码不对或已过期,请检查或重新获取'
const sendingWords: Record<Exclude<Sending, 'sent'>, string> = {
  too_soon: '刚发过一条,请一分钟后再取',
  too_many: '今天取验证码的次数已满,可以先不填手机号开卡',
  failed: '短信暂时发不出去,可以过一会儿再取,或先不填手机号开卡',
}

/** The enrolment page: a link, a form, a card. */
export const joinRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock, sms } = deps
  const takesPhone = sms !== undefined

  app.get(
    '/join/:token',
    { exposeHeadRoute: false, schema: { params: Link }, config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
    async ({ params: { token } }, reply) => {
      const link = await openJoinLink(deps, token)
      return (await answered(link, reply)) ?? showForm(reply, token, link, emptyForm)
    },
  )

  app.post(
    '/join/:token/code',
    { schema: { params: Link, body: Fields }, config: { rateLimit: { max: 20, timeWindow: '10 minutes' } } },
    async ({ params: { token }, body }, reply) => {
      const link = await openJoinLink(deps, token)
      const done = await answered(link, reply)
      if (done || link.state !== 'open') return done
      const form = readJoinForm(body)
      const phone = takesPhone ? mainlandPhone(form.phone) : undefined
      if (phone === undefined) return showForm(reply, token, link, form, { phone: phoneFault(form.phone) || undefined })
      const sending = await sendCode(deps, link.invitationId, phone)
      if (sending === 'sent') return showForm(reply, token, link, { ...form, code: '' }, undefined, true)
      return showForm(reply, token, link, form, { phone: sendingWords[sending] })
    },
  )

  app.post(
    '/join/:token',
    { schema: { params: Link, body: Fields }, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
    async ({ params: { token }, body }, reply) => {
      const link = await openJoinLink(deps, token)
      const done = await answered(link, reply)
      if (done || link.state !== 'open') return done
      const form = readJoinForm(body)
      const checked = checkJoinForm(form, { takesPhone, today: shanghaiDay(clock.now()) })
      if ('faults' in checked) return showForm(reply, token, link, form, checked.faults)

      const { application } = checked
      const verificationId = application.phone && (await checkCode(deps, link.invitationId, application.phone))
      const unproven = application.phone !== undefined && verificationId === undefined
      if (unproven || !(await enrol(deps, link.externalUserId, application, verificationId)))
        return showForm(reply, token, link, form, { code: WRONG_CODE })
      return reply.redirect(`/join/${token}`, 303)
    },
  )

  /** Links that lead nowhere, and customers who have their card, are answered before any form. */
  async function answered(link: JoinLink, reply: FastifyReply): Promise<FastifyReply | undefined> {
    if (link.state === 'unknown') return sendPage(reply, 404, unknownInvitationPage())
    if (link.state === 'expired') return sendPage(reply, 410, expiredInvitationPage(link.host))
    const member = await findMemberOf(db, { externalUserId: link.externalUserId })
    if (!member) return undefined
    const { memberNo, tier, points, source, joinedAt } = member
    const isNew = source === 'enrolment' && clock.now().getTime() - joinedAt.getTime() < NEW_MS
    return sendPage(reply, 200, memberCardPage({ host: link.host, memberNo, tier, points, isNew }))
  }

  function showForm(
    reply: FastifyReply,
    token: string,
    link: JoinLink,
    form: JoinForm,
    faults?: Faults,
    sent?: boolean,
  ): FastifyReply {
    const host = link.state === 'unknown' ? {} : link.host
    const today = shanghaiDay(clock.now())
    return sendPage(reply, faults ? 422 : 200, joinFormPage({ token, host, form, faults, takesPhone, sent, today }))
  }
}
