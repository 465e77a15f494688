import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import type { Sms } from '../control-types.ts'
import { newId } from '../world/random.ts'

interface SmsOptions {
  context: Context
  token?: string
}

const KEPT = 1000
const body = {
  type: 'object',
  required: ['phone', 'code'],
  properties: { phone: { type: 'string', pattern: '^1[0-9]{10}$' }, code: { type: 'string', pattern: '^[0-9]{4,8}$' } },
} as const

/** The text message gateway of the demo: the code arrives on a simulated customer's phone. */
export async function smsRoute(app: FastifyInstance, { context, token }: SmsOptions) {
  app.post<{ Body: { phone: string; code: string } }>('/sms', { schema: { body } }, (request, reply) => {
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      return reply.code(401).send({ error: '短信网关的令牌不对' })
    }
    const { phone, code } = request.body
    const { world } = context
    const sms: Sms = {
      id: newId(world.random, 'sms', 16),
      at: context.now().toISOString(),
      externalUserId: world.customerByPhone.get(phone) ?? world.shownPhone,
      maskedPhone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
      code,
      text: `【${world.corpName}】您的验证码是 ${code},请勿告诉他人。`,
    }
    world.sms.push(sms)
    if (world.sms.length > KEPT * 2) world.sms.splice(0, KEPT)
    context.changes.emit({ type: 'sms', sms })
    context.changed()
    return reply.send({ id: sms.id })
  })
}
