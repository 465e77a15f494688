import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { MediaTable } from './welcome.table.ts'

export type MediaKind = MediaTable['kind']

/** Live media ids by `kind url`, of those asked for. */
export async function findLiveMedia(db: Db, sourceUrls: readonly string[], now: Date): Promise<Map<string, string>> {
  if (sourceUrls.length === 0) return new Map()
  const rows = await db
    .selectFrom('media')
    .select(['kind', 'sourceUrl', 'mediaId'])
    .where('sourceUrl', 'in', sourceUrls)
    .where('expiresAt', '>', now)
    .execute()
  return new Map(rows.flatMap(({ kind, sourceUrl, mediaId }) => (mediaId ? [[`${kind} ${sourceUrl}`, mediaId]] : [])))
}

/** Media that some rule still uses and that is missing or lapses before `until`. */
export async function listMediaDue(db: Db, until: Date): Promise<{ sourceUrl: string; kind: MediaKind }[]> {
  const { rows } = await sql<{ sourceUrl: string; kind: MediaKind }>`
    select source_url, kind from media
    where (media_id is null or expires_at < ${until})
      and exists (select from welcome_rule where position(to_json(source_url)::text in attachments::text) > 0)
    order by expires_at nulls first
  `.execute(db)
  return rows
}

export async function saveMedia(
  db: Db,
  media: { sourceUrl: string; kind: MediaKind; mediaId: string; uploadedAt: Date; expiresAt: Date },
): Promise<void> {
  const { mediaId, uploadedAt, expiresAt } = media
  await db
    .updateTable('media')
    .set({ mediaId, uploadedAt, expiresAt, failure: null })
    .where('sourceUrl', '=', media.sourceUrl)
    .where('kind', '=', media.kind)
    .execute()
}

export async function saveMediaFailure(db: Db, sourceUrl: string, kind: MediaKind, failure: string): Promise<void> {
  await db.updateTable('media').set({ failure }).where('sourceUrl', '=', sourceUrl).where('kind', '=', kind).execute()
}

/** WeCom refused the id: it is uploaded anew at the next round. */
export async function forgetMedia(db: Db, mediaIds: readonly string[]): Promise<void> {
  if (mediaIds.length === 0) return
  await db.updateTable('media').set({ mediaId: null, expiresAt: null }).where('mediaId', 'in', mediaIds).execute()
}
