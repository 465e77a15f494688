import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import { findGuide } from './find-guide.repository.ts'
import { mirrorMembers } from './mirror-members.ts'
import { isInService } from './service.ts'

/** Nobody waits longer than this to be let in. */
const PATIENCE_MS = 2_000

/**
 * Whether a member may sign in. WeCom's sign-in also names members outside the app's visible range (doc 91023), so
 * whoever is new here, or may not come in as far as we know, is asked about: a return works at once. Where WeCom
 * cannot say, what we know counts, and a stranger may come in: there is nobody's customer for them to see.
 */
export async function isAdmitted(userId: string, deps: Deps): Promise<boolean> {
  const known = await findGuide(deps.db, userId)
  if (known?.mirroredAt && isInService(known)) return true
  try {
    const [answer] = await mirrorMembers([userId], deps, { timeoutMs: PATIENCE_MS, retryBusy: false })
    if (typeof answer !== 'object') return false
    const guide = await findGuide(deps.db, userId)
    return guide !== undefined && isInService(guide)
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    deps.log.warn({ errcode: error.errcode }, 'WeCom did not say whether a member may sign in')
    return known === undefined || isInService(known)
  }
}
