import type { Problem, ProblemCode } from '@zhanggui/shared/problem.ts'

/** What can go wrong before the server answers, beside what it answers. */
export type ApiErrorCode = ProblemCode | 'unreachable' | 'too_slow' | 'unreadable' | 'sign_in_loop'

export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly status: number
  readonly detail: string | undefined
  /** What the server answered, with the facts it added. */
  readonly problem: Partial<Problem>

  constructor(code: ApiErrorCode, status = 0, detail?: string, problem: Partial<Problem> = {}) {
    super(code)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.detail = detail
    this.problem = problem
  }
}

/** An answer that is no problem document comes from a proxy in between. */
export async function toApiError(response: Response): Promise<ApiError> {
  const body: Partial<Problem> | undefined = await response.json().catch(() => undefined)
  if (!body?.code) return new ApiError(response.status >= 500 ? 'unavailable' : 'unreadable', response.status)
  return new ApiError(body.code, response.status, body.detail, body)
}

/** Whether the same request may do better in a moment. */
export function worthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true
  return error.status === 0 || error.status >= 500 || error.status === 429
}
