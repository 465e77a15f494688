import { noteTrouble } from '../troubles/troubles.ts'
import { ApiError, toApiError } from './api-error.ts'
import { leaveToSignIn } from './sign-in.ts'

const TIMEOUT_MS = 15_000

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, {}, signal)
}

const jsonHeaders = { 'content-type': 'application/json', 'x-requested-with': 'zhanggui' }

/** `requestId`s in the bodies make a repeated POST harmless. */
export function postJson<T>(path: string, body: unknown, options: { keepalive?: boolean } = {}): Promise<T> {
  return request<T>(path, { method: 'POST', headers: jsonHeaders, body: JSON.stringify(body), ...options })
}

export function putJson<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, { method: 'PUT', headers: jsonHeaders, body: JSON.stringify(body) })
}

async function request<T>(path: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  signal?.addEventListener('abort', stop)
  const timer = setTimeout(stop, TIMEOUT_MS)
  try {
    const response = await fetch(path, { credentials: 'same-origin', ...init, signal: abort.signal })
    if (response.status === 401) return await leaveToSignIn()
    if (!response.ok) throw noted(await toApiError(response))
    const text = await response.text()
    return JSON.parse(text || 'null')
  } catch (cause) {
    if (cause instanceof ApiError || signal?.aborted) throw cause
    const code = abort.signal.aborted ? 'too_slow' : cause instanceof SyntaxError ? 'unreadable' : 'unreachable'
    throw noted(new ApiError(code))
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** For diagnosis. The path stays out: it may name a customer. */
function noted(error: ApiError): ApiError {
  noteTrouble(`${error.status || ''} ${error.code}`.trim())
  return error
}
