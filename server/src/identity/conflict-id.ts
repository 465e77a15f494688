import { AppError } from '../errors.ts'
import type { ConflictKey } from './conflicts.repository.ts'
import type { DecisionKind } from './identity.table.ts'

const KINDS: readonly DecisionKind[] = ['order', 'refund', 'member_no', 'union_id', 'phone']

/** Safe in a URL, whatever characters a till's numbers have. A phone is in it only as its keyed hash. */
export function writeConflictId({ kind, value }: ConflictKey): string {
  return Buffer.from(`${kind} ${value}`).toString('base64url')
}

export function readConflictId(id: string): ConflictKey {
  const text = Buffer.from(id, 'base64url').toString()
  const kind = KINDS.find((known) => text.startsWith(`${known} `))
  const value = kind && text.slice(kind.length + 1)
  if (!kind || !value || /\0/.test(value)) throw new AppError('conflict_unknown')
  return { kind, value }
}
