import type { ShareOutcome } from '@zhanggui/shared/share.ts'
import type { WeComError } from '../wecom/wecom-error.ts'

/** `unknown` when the card may or may not be in the chat; `refused` when the client said no for a reason. */
export function outcomeOf(error: WeComError): ShareOutcome {
  const outcome = {
    cancelled: 'cancelled',
    unsupported: 'unsupported',
    silent: 'unknown',
    unknown: 'unknown',
    no_context: 'refused',
    not_ready: 'refused',
    out_of_scope: 'refused',
    no_permission: 'refused',
    bad_signature: 'refused',
    untrusted_domain: 'refused',
    bad_setup: 'refused',
    bad_content: 'refused',
  } as const
  return { outcome: outcome[error.problem], ...(error.folded && { detail: error.folded }) }
}
