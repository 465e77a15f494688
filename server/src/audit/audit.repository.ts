import type { AuditPage } from '@zhanggui/shared/personal-data.ts'
import type { Db } from '../db/connection.ts'

export interface AuditEntry {
  /** A guide's userid, or `api:` and the name of an open API key. */
  actor: string
  /** What was done, like `customer.erased`. */
  action: string
  /** An external_userid, or the id of whatever it was done to. */
  subject: string
  reason?: string
  /** Never holds a name, a phone number or a text of a customer: audit entries outlive an erasure. */
  detail?: Record<string, unknown>
  at: Date
}

/** Gives the entry's number. Belongs into the transaction of what it records. */
export async function recordAudit(db: Db, { reason, detail, ...entry }: AuditEntry): Promise<number> {
  const { auditEntryId } = await db
    .insertInto('auditEntry')
    .values({ ...entry, reason: reason ?? null, detail: detail === undefined ? null : JSON.stringify(detail) })
    .returning('auditEntryId')
    .executeTakeFirstOrThrow()
  return auditEntryId
}

export async function countAudited(db: Db, actor: string, action: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('auditEntry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('actor', '=', actor)
    .where('action', '=', action)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

/** Newest first. `before` is the last number already seen. */
export async function listAudit(
  db: Db,
  { subject, before, limit }: { subject?: string; before?: number; limit: number },
): Promise<AuditPage> {
  const rows = await db
    .selectFrom('auditEntry')
    .selectAll()
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .$if(before !== undefined, (query) => query.where('auditEntryId', '<', before ?? 0))
    .orderBy('auditEntryId', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    entries: page.map(({ auditEntryId, actor, action, subject: of, reason, detail, at }) => ({
      id: String(auditEntryId),
      actor,
      action,
      subject: of,
      at: at.toISOString(),
      ...(reason !== null && { reason }),
      ...(detail !== null && { detail }),
    })),
    ...(last && { nextCursor: String(last.auditEntryId) }),
  }
}
