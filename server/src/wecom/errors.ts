import { AppError } from '../errors.ts'

/**
 * What to do about a failed call, after WeCom's own advice (doc 90313):
 * transient: again, with back-off · token: renew, then once more · throttled: wait for the window · configuration: a
 * human must act · object: this one person or tag is out of reach · request: our bug · final: WeCom has decided.
 */
export type FailureClass = 'transient' | 'token' | 'throttled' | 'configuration' | 'object' | 'request' | 'final'

const classes: readonly (readonly [FailureClass, readonly number[]])[] = [
  ['transient', [-1, 6000, 45033, 45035, 45036, 41063, 41079]],
  ['token', [40014, 42001]],
  ['throttled', [45009, 45011]],
  [
    'configuration',
    [
      40001, 40013, 40056, 40091, 42012, 48001, 48002, 48005, 48006, 48009, 48010, 48011, 50001, 50003, 60020, 60031,
      80001, 301002, 301007, 610016, 610023, 610024,
    ],
  ],
  ['object', [60011, 60021, 60111, 46004, 84061, 84074, 84083, 84084, 40096, 40003, 50002, 40068, 49008, 81011, 81013]],
  [
    'final',
    [40029, 42003, 42022, 40071, 40126, 40128, 40144, 41045, 41048, 41050, 41051, 41053, 41055, 90500, 90501, 90511],
  ],
]

const classOf = new Map(classes.flatMap(([name, codes]) => codes.map((code) => [code, name] as const)))

/** An errcode we do not know is taken for a bug in the request: it is not retried, and it is seen. */
export function classify(errcode: number): FailureClass {
  return classOf.get(errcode) ?? 'request'
}

/** WeCom said no, or nothing. `errcode` is undefined when no answer came. */
export class WecomError extends AppError {
  readonly endpoint: string
  readonly errcode: number | undefined
  readonly failure: FailureClass
  /** The official page of the endpoint. */
  readonly doc: string
  /** For `throttled`: when the window opens again. */
  readonly until: Date | undefined
  /** For 60020: the address an admin must trust. */
  readonly callerIp: string | undefined

  constructor(particulars: {
    endpoint: string
    doc: string
    errcode?: number
    failure?: FailureClass
    until?: Date
    callerIp?: string
    hint?: string
    cause?: unknown
  }) {
    const { endpoint, doc, errcode, until, callerIp, cause } = particulars
    const hint = callerIp ? `add ${callerIp} to 企业可信IP` : particulars.hint
    super(errcode === undefined ? 'wecom_unreachable' : 'wecom_failed', {
      detail: `${endpoint}: ${errcode === undefined ? 'no answer' : `errcode ${errcode}`}${hint ? `, ${hint}` : ''} (doc ${doc})`,
      cause,
    })
    this.name = 'WecomError'
    this.endpoint = endpoint
    this.doc = doc
    this.errcode = errcode
    this.failure = particulars.failure ?? (errcode === undefined ? 'transient' : classify(errcode))
    this.until = until
    this.callerIp = callerIp
  }
}
