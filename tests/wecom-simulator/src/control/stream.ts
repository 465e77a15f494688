import type { FastifyReply } from 'fastify'
import type { StreamEvent } from '../control-types.ts'
import type { Simulator } from '../simulator-types.ts'

/** Server-sent events until the page goes away. */
export function streamChanges(simulator: Simulator, reply: FastifyReply) {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  // Something must be sent for the page's `open`, and for how soon it tries again.
  raw.write('retry: 1000\n\n')
  const end = simulator.onChange((event: StreamEvent) => {
    raw.write(`data: ${JSON.stringify(event)}\n\n`)
  })
  raw.on('close', end)
}
