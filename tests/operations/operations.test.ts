import { buildApp } from '@zhanggui/server/app.ts'
import { connect } from '@zhanggui/server/db/connection.ts'
import { createMetrics } from '@zhanggui/server/metrics.ts'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'

let server: TestApp

beforeAll(async () => {
  server = await testApp()
  await server.app.ready()
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = () => supertest(server.app.server)

test('the process says that it is up, the database that it answers', async () => {
  await ask().get('/healthz').expect(200, { status: 'ok' })
  await ask().get('/readyz').expect(200, { status: 'ready' })
})

test('the metrics are Prometheus text and name what an operator asks for', async () => {
  const { text } = await ask()
    .get('/metrics')
    .expect(200)
    .expect('content-type', /text\/plain/)
  for (const name of [
    'zhanggui_callbacks_total',
    'zhanggui_callback_commit_batch_size',
    'zhanggui_welcomes_total',
    'zhanggui_welcome_latency_seconds',
    'zhanggui_wecom_calls_total',
    'zhanggui_job_lag_seconds',
    'zhanggui_failed_jobs_open',
    'zhanggui_database_pool_connections',
  ])
    expect(text).toContain(`# TYPE ${name} `)
})

describe('failures are problems, without what is inside', () => {
  test('an unknown path', async () => {
    const { body } = await ask()
      .get('/no/such/path')
      .expect(404)
      .expect('content-type', /application\/problem\+json/)
    expect(body).toMatchObject({ code: 'not_found', status: 404 })
  })

  test('the API without a session', async () => {
    const { body } = await ask().get('/api/customers/wmAnna').expect(401)
    expect(body.code).toBe('unauthenticated')
  })

  test('the open API without a key', async () => {
    const { body } = await ask().get('/open/v1/customers/wmAnna').expect(401)
    expect(body.code).toBe('bad_api_key')
  })

  test('a path that cannot be decoded', async () => {
    const { body } = await ask().get('/api/customers/%E0%A4%A').expect(400)
    expect(JSON.stringify(body)).not.toContain('    at ')
  })
})

test('the description of the API covers what outsiders call', async () => {
  const { body } = await ask().get('/openapi.json').expect(200)
  const paths = Object.keys(body.paths)
  for (const path of [
    '/open/v1/orders',
    '/open/v1/customers/{externalUserId}',
    '/open/v1/reports/welcomes',
    '/api/shares',
  ])
    expect(paths).toContain(path)
  expect(paths.filter((path) => !/^\/(api|open)\//.test(path))).toEqual([])
})

test('pages carry a policy that lets nobody else’s script run', async () => {
  const { headers } = await ask().get('/sidebar/')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('a database that is away makes it unready, not dead', async () => {
  const { db, pool, close } = connect('postgres://nobody@127.0.0.1:1/none', { onError: () => {} })
  const lonely = await buildApp({ ...server.deps, db, pool, metrics: createMetrics() })
  await lonely.ready()
  await supertest(lonely.server).get('/healthz').expect(200)
  await supertest(lonely.server).get('/readyz').expect(503)
  await supertest(lonely.server).get('/metrics').expect(200)
  await lonely.close()
  await close()
})
