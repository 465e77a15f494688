/** What went wrong, told apart as far as the answers of the clients allow. */
export type WeComProblem =
  | 'cancelled'
  | 'no_context'
  | 'not_ready'
  | 'out_of_scope'
  | 'no_permission'
  | 'bad_signature'
  | 'untrusted_domain'
  | 'bad_setup'
  | 'unsupported'
  | 'bad_content'
  | 'silent'
  | 'unknown'

export class WeComError extends Error {
  readonly problem: WeComProblem
  /** The client's words, folded, for diagnostics; ids are taken out. */
  readonly folded: string

  constructor(problem: WeComProblem, folded: string) {
    super(`WeCom: ${problem}`)
    this.name = 'WeComError'
    this.problem = problem
    this.folded = folded
  }
}

/** First match wins, so the more particular words stand first. */
const words: readonly [WeComProblem, readonly string[]][] = [
  ['cancelled', ['cancel']],
  ['no_context', ['withoutcontext']],
  ['not_ready', ['permissionvalueisofflineverifying', 'sdkerroraborted']],
  ['out_of_scope', ['usernotinallowlist']],
  ['no_permission', ['nopermission', 'permissiondenied', 'accessdenied']],
  ['bad_signature', ['invalidsignature', 'e=40093']],
  ['untrusted_domain', ['notmatchanyreliabledomain', 'e=80001', 'invalidurldomain', '40048']],
  [
    'bad_setup',
    ['e=40013', 'invalidcorpid', '40063', 'e=42012', 'sdkerrormissing', 'agentconfigfail', 'preverifyjsapifail'],
  ],
  ['unsupported', ['functionnotexist', 'nosupport', 'unsupported']],
  [
    'bad_content',
    [
      'invalidparam',
      'linkorimgurlisinvalid',
      'invalidimgurl',
      'invalidminiprograminfo',
      'msglinkmissingurl',
      'notallowtocrosscorp',
      'unexpecterr',
    ],
  ],
]

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'object' || value === null) return ''
  const text: unknown = Reflect.get(value, field)
  return typeof text === 'string' ? text : ''
}

/** Windows says `errmsg`, Mac and phones `err_msg`, the SDK adds `errMsg` and drops some of it: take all three. */
function foldMessage(rejection: unknown): string {
  const message =
    rejection instanceof Error
      ? rejection.message
      : ['errMsg', 'err_msg', 'errmsg'].map((field) => textOf(rejection, field)).join('')
  return message.toLowerCase().replace(/[_ ,:]/g, '')
}

function problemOf(folded: string): WeComProblem {
  return words.find(([, parts]) => parts.some((part) => folded.includes(part)))?.[0] ?? 'unknown'
}

const contactOrChatId = /w[mor][a-z0-9-]{12,}/g

/** The SDK rejects with a plain object; here it becomes an error that says what to do about it. */
export function toWeComError(rejection: unknown): WeComError {
  if (rejection instanceof WeComError) return rejection
  const folded = foldMessage(rejection)
  return new WeComError(problemOf(folded), folded.replace(contactOrChatId, '…').slice(0, 200))
}
