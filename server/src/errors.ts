import { type Problem, type ProblemCode, problems } from '@zhanggui/shared/problem.ts'

interface Particulars {
  /** For the caller to read; never holds a secret, a phone number, a name or a message. */
  detail?: string
  errors?: { path: string; message: string }[]
  /** Facts a machine may want to read, as members of the problem beside the standard ones. */
  facts?: Facts
  cause?: unknown
}

type Facts = Pick<Problem, 'redeemedAt' | 'storeId' | 'storeName' | 'guideId' | 'guideName'>

/** The one error the server throws on purpose. Its code decides status and title. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string | undefined
  readonly errors: { path: string; message: string }[] | undefined
  readonly facts: Facts | undefined

  constructor(code: ProblemCode, { detail, errors, facts, cause }: Particulars = {}) {
    super(detail ?? problems[code][1], { cause })
    this.name = 'AppError'
    this.code = code
    this.status = problems[code][0]
    this.detail = detail
    this.errors = errors
    this.facts = facts
  }
}

export function toProblem(error: AppError): Problem {
  return {
    ...error.facts,
    type: 'about:blank',
    title: problems[error.code][1],
    status: error.status,
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.errors === undefined ? {} : { errors: error.errors }),
  }
}
