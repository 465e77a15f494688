import type { FastifyInstance } from 'fastify'
import QrCode from 'qrcode'
import type { Context } from '../context.ts'

/** A picture the product can fetch, as WeCom's own is. */
export function qrCodeUrl({ url }: Context, configId: string): string {
  return `${url()}/simulator/qr/${configId}.png`
}

export async function qrCodeRoute(app: FastifyInstance, { context }: { context: Context }) {
  app.get<{ Params: { file: string } }>('/simulator/qr/:file', async ({ params }, reply) => {
    const configId = params.file.replace(/\.png$/, '')
    const { contactWays, joinWays } = context.world
    if (!contactWays.has(configId) && !joinWays.has(configId)) return reply.code(404).send({ error: '没有这个二维码' })
    const png = await QrCode.toBuffer(`${context.url()}/?way=${configId}`, { margin: 2, width: 430 })
    return reply.type('image/png').send(png)
  })
}
