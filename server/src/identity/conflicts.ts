import type { IdentityConflict, IdentityConflictPage } from '@zhanggui/shared/identity.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { maskPhone } from '../membership/phone-mask.ts'
import { readConflictId, writeConflictId } from './conflict-id.ts'
import { type ConflictKey, listConflictKeys } from './conflicts.repository.ts'
import { type Evidence, findDecision, findMeaning, listEvidence } from './evidence.repository.ts'

type ConflictDeps = Pick<Deps, 'db' | 'cipher'>

/** Where two ids of one order, or two customers with one number, unionid or phone, disagree. */
export async function listConflicts(
  { db, cipher }: ConflictDeps,
  { decided, cursor, limit }: { decided: boolean; cursor: string | undefined; limit: number },
): Promise<IdentityConflictPage> {
  const after = cursor === undefined ? undefined : readConflictId(cursor)
  const keys = await listConflictKeys(db, { decided, limit: limit + 1, ...(after && { after }) })
  const conflicts: IdentityConflict[] = []
  for (const key of keys.slice(0, limit)) conflicts.push(await readConflict({ db, cipher }, key))
  const last = keys.length > limit ? keys[limit - 1] : undefined
  return { conflicts, ...(last && { nextCursor: writeConflictId(last) }) }
}

async function readConflict({ db, cipher }: ConflictDeps, key: ConflictKey): Promise<IdentityConflict> {
  const evidence = await listEvidence(db, key)
  const decision = await findDecision(db, key)
  const provisional = await findMeaning(db, key)
  const phone = evidence.find(({ phoneSealed }) => phoneSealed)?.phoneSealed
  return {
    id: writeConflictId(key),
    kind: key.kind,
    subject: key.kind === 'phone' ? (phone ? maskPhone(cipher.open(phone)) : '') : key.value,
    ...(provisional !== undefined && { provisional }),
    sides: claimantsIn(evidence).map((externalUserId) => ({
      externalUserId,
      evidence: evidence.filter(({ customer }) => customer === externalUserId).map((one) => tell(one, cipher)),
    })),
    ...(decision?.cause === 'decision' && {
      decision: {
        externalUserId: decision.externalUserId,
        ...(decision.reason !== null && { reason: decision.reason }),
        by: decision.decidedBy,
        at: decision.decidedAt.toISOString(),
      },
    }),
  }
}

function tell({ by, value, phoneSealed, memberNo, told, at }: Evidence, cipher: Deps['cipher']) {
  const shown = phoneSealed ? maskPhone(cipher.open(phoneSealed)) : value
  return { by, told, at: at.toISOString(), ...(shown !== null && { value: shown }), ...(memberNo && { memberNo }) }
}

export function claimantsIn(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.map(({ customer }) => customer))].sort()
}

/** Every customer a decision could be for. */
export async function listClaimants(db: Db, key: ConflictKey): Promise<string[]> {
  return claimantsIn(await listEvidence(db, key))
}
