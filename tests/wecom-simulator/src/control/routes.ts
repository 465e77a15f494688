import type { FastifyInstance } from 'fastify'
import type { ActionInputs, ActionName, WireLine } from '../control-types.ts'
import type { Log } from '../log.ts'
import type { Simulator } from '../simulator-types.ts'
import { SimulatorError } from '../world/find.ts'
import { actionBodies } from './action-bodies.ts'
import { actions } from './actions.ts'
import { choicesView } from './choices.ts'
import { findChatView, stateView } from './state.ts'
import { streamChanges } from './stream.ts'

interface ControlOptions {
  simulator: Simulator
  wire: Log<WireLine>
}

/** What the client page asks of its own simulator; see control-types.ts. */
export async function controlRoutes(app: FastifyInstance, { simulator, wire }: ControlOptions) {
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof SimulatorError) return reply.code(400).send({ error: error.message })
    throw error
  })

  app.get<{ Querystring: { guide?: string } }>('/simulator/api/state', ({ query }) =>
    stateView(simulator, query.guide, wire.items),
  )

  app.get<{ Params: { guide: string; chat: string } }>('/simulator/api/chats/:guide/:chat', ({ params }) => {
    const view = findChatView(simulator, params.guide, params.chat)
    if (!view) throw new SimulatorError('没有这个聊天')
    return view
  })

  app.get<{ Querystring: { guide?: string; chat?: string } }>('/simulator/api/choices', ({ query }) =>
    choicesView(simulator.world, query.guide ?? '', query.chat ?? ''),
  )

  app.get('/simulator/api/stream', (_request, reply) => streamChanges(simulator, reply))

  app.get<{ Params: { mediaId: string } }>('/simulator/api/media/:mediaId', ({ params }, reply) => {
    const media = simulator.world.media.get(params.mediaId)
    if (!media) return reply.code(404).send({ error: '没有这个素材' })
    return reply
      .type(media.contentType || 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .send(Buffer.from(media.bytes))
  })

  // One route for all of them: a schema is compiled when its action first happens, not at every start.
  app.post<{ Params: { name: string } }>('/simulator/api/actions/:name', (request) => {
    const { name } = request.params
    if (!isAction(name)) throw new SimulatorError('没有这个动作')
    if (!request.validateInput(request.body, actionBodies[name])) throw new SimulatorError('参数不对')
    return perform(simulator, name, request.body)
  })
}

function perform<N extends ActionName>(simulator: Simulator, name: N, body: unknown) {
  // Its schema has just looked at it.
  return actions[name](simulator, body as ActionInputs[N])
}

function isAction(name: string): name is ActionName {
  return Object.hasOwn(actions, name)
}
