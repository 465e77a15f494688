import type { FastifyInstance } from 'fastify'
import type { Behaviour } from './behaviour.ts'
import { countFigures } from './figures.ts'
import type { RunningCorp } from './start.ts'

const PATH = '/simulator/api/reference-corp'

const positive = { type: 'integer', minimum: 1 }
const wish = {
  type: 'object',
  additionalProperties: false,
  properties: {
    generation: { type: 'integer', minimum: 0 },
    latencyMs: { type: 'array', items: { type: 'number', minimum: 0 }, minItems: 2, maxItems: 2 },
    concurrency: { type: 'object', additionalProperties: positive },
    rules: {
      type: 'array',
      items: {
        type: 'object',
        required: ['windowMs', 'calls'],
        additionalProperties: false,
        properties: { windowMs: positive, calls: positive },
      },
    },
    failures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['errcode', 'rate'],
        additionalProperties: false,
        properties: {
          endpoint: { type: 'string' },
          errcode: { type: 'integer' },
          rate: { type: 'number', minimum: 0, maximum: 1 },
        },
      },
    },
  },
}

/**
 * What a bench asks of a reference corp in a process of its own:
 *   GET    …           its options, generation, behaviour and memory
 *   POST   …           { generation?, latencyMs?, concurrency?, rules?, failures? }: the corp moves on, or behaves otherwise
 *   GET    …/figures   the truth about ?generation= (the present one), counted by walking through it: seconds
 *   GET    …/calls     how often each endpoint was called; DELETE starts anew
 */
export async function referenceCorpRoutes(app: FastifyInstance, { running }: { running: RunningCorp }) {
  function state() {
    const { rss, heapUsed } = process.memoryUsage()
    return {
      corpId: running.corpId,
      options: running.corp.options,
      changes: running.corp.changes,
      generation: running.generation,
      behaviour: running.behaviour,
      memory: { rssBytes: rss, heapUsedBytes: heapUsed },
    }
  }

  app.get(PATH, state)

  app.post<{ Body: Partial<Behaviour> & { generation?: number } }>(PATH, { schema: { body: wish } }, ({ body }) => {
    const { generation, ...behaviour } = body
    if (generation !== undefined) running.setGeneration(generation)
    running.change(behaviour)
    return state()
  })

  app.get<{ Querystring: { generation?: number } }>(
    `${PATH}/figures`,
    { schema: { querystring: { type: 'object', properties: { generation: { type: 'integer', minimum: 0 } } } } },
    ({ query }) => countFigures(running.corp, query.generation ?? running.generation),
  )

  app.get(`${PATH}/calls`, () => running.calls())

  app.delete(`${PATH}/calls`, (_request, reply) => {
    running.resetCalls()
    return reply.code(204).send()
  })
}
