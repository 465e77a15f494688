import { type Kysely, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { DataCipher } from '../data-cipher.ts'
import type { Database } from '../db/schema.ts'

export interface Credential {
  value: string
  /** Counts renewals over all processes. */
  generation: number
  expiresAt: Date
}

export interface Fetched {
  value: string
  /** Seconds. */
  expiresIn: number
}

/** Renewed this long before it lapses, while the old one still works. */
const EARLY_MS = 300_000

export interface CredentialStore {
  get(name: string, fetch: () => Promise<Fetched>): Promise<Credential>
  /** A new one, unless somebody has already replaced the one that failed. */
  replace(name: string, failed: Credential, fetch: () => Promise<Fetched>): Promise<Credential>
}

/**
 * Tokens and tickets for all processes: memory first, then the database, then WeCom. One process at a time asks
 * WeCom (an advisory lock per name), and within a process one caller.
 */
export function createCredentialStore({
  db,
  cipher,
  clock,
}: {
  db: Kysely<Database>
  cipher: DataCipher
  clock: Clock
}): CredentialStore {
  const held = new Map<string, Credential>()
  const renewing = new Map<string, Promise<Credential>>()

  const msLeft = (credential: Credential) => credential.expiresAt.getTime() - clock.now().getTime()

  function renew(name: string, isStale: (found: Credential) => boolean, fetch: () => Promise<Fetched>) {
    const under = renewing.get(name)
    if (under) return under
    const renewal = renewShared(name, isStale, fetch).finally(() => renewing.delete(name))
    renewing.set(name, renewal)
    return renewal
  }

  async function renewShared(name: string, isStale: (found: Credential) => boolean, fetch: () => Promise<Fetched>) {
    const renewed = await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`wecom credential ${name}`}, 0))`.execute(tx)
      const row = await tx.selectFrom('wecomCredential').selectAll().where('name', '=', name).executeTakeFirst()
      const found = row && readable(cipher, row)
      if (found && !isStale(found)) return found
      const { value, expiresIn } = await fetch()
      const now = clock.now()
      const fresh = {
        value,
        generation: (row?.generation ?? 0) + 1,
        expiresAt: new Date(now.getTime() + expiresIn * 1000),
      }
      const columns = {
        sealed: cipher.seal(value),
        generation: fresh.generation,
        obtainedAt: now,
        expiresAt: fresh.expiresAt,
      }
      await tx
        .insertInto('wecomCredential')
        .values({ name, ...columns })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(columns))
        .execute()
      return fresh
    })
    held.set(name, renewed)
    return renewed
  }

  return {
    async get(name, fetch) {
      const current = held.get(name)
      const isStale = (found: Credential) => msLeft(found) <= EARLY_MS
      if (current && !isStale(current)) return current
      if (current && msLeft(current) > 0) {
        // Still good: nobody waits for the renewal, and if it fails the next caller tries again.
        renew(name, isStale, fetch).catch(() => {})
        return current
      }
      return renew(name, isStale, fetch)
    },
    async replace(name, failed, fetch) {
      const current = held.get(name)
      if (current && current.generation > failed.generation) return current
      return renew(name, (found) => found.generation <= failed.generation, fetch)
    },
  }
}

/** A value sealed under another DATA_KEY is no value. */
function readable(
  cipher: DataCipher,
  row: { sealed: Buffer; generation: number; expiresAt: Date },
): Credential | undefined {
  try {
    return { value: cipher.open(row.sealed), generation: row.generation, expiresAt: row.expiresAt }
  } catch {
    return undefined
  }
}
