import type { LightMyRequestResponse } from 'fastify'
import type { TestApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'

/** The open API as an HQ system calls it. */
export function openApi({ app }: Pick<TestApp, 'app'>) {
  const authorization = `Bearer ${TILL_KEY}`
  return {
    get: (path: string): Promise<LightMyRequestResponse> =>
      app.inject({ method: 'GET', url: `/open/v1${path}`, headers: { authorization } }),
    post: (path: string, body: object, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
      app.inject({ method: 'POST', url: `/open/v1${path}`, headers: { authorization, ...headers }, payload: body }),
  }
}
