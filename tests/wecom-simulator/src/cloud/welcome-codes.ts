import { randomBytes } from 'node:crypto'
import type { Relation } from '../world/model.ts'
import { WeComError } from './errors.ts'

/** doc 92137: valid 20 s from the event, one call. */
const WELCOME_CODE_LIFETIME_MS = 20_000
/** Dead codes are forgotten in blocks, so that a day of new friends does not pile up. */
const FORGET_ABOVE = 20_000

interface WelcomeCode {
  relation: Relation
  issuedAt: number
  used: boolean
}

export type WelcomeCodes = ReturnType<typeof createWelcomeCodes>

export function createWelcomeCodes(now: () => Date) {
  const codes = new Map<string, WelcomeCode>()

  function forgetDead() {
    for (const [code, { issuedAt }] of codes) {
      if (now().getTime() - issuedAt > WELCOME_CODE_LIFETIME_MS) codes.delete(code)
    }
  }

  return {
    issue(relation: Relation): string {
      if (codes.size > FORGET_ABOVE) forgetDead()
      const code = randomBytes(24).toString('base64url')
      codes.set(code, { relation, issuedAt: now().getTime(), used: false })
      return code
    },
    /** The relation this code may still welcome. */
    use(code: string): { relation: Relation; ageMs: number } {
      const known = codes.get(code)
      const ageMs = known ? now().getTime() - known.issuedAt : 0
      if (!known || ageMs > WELCOME_CODE_LIFETIME_MS) throw new WeComError(41050, 'invalid welcome code or expired')
      const { relation } = known
      if (known.used || relation.welcomed) throw new WeComError(41051, 'welcome message already sent')
      if (relation.state === 'removed' || relation.state === 'lost') throw new WeComError(84061, 'not external contact')
      if (relation.chatStarted) throw new WeComError(41051, 'chat already started')
      known.used = true
      return { relation, ageMs }
    },
  }
}
