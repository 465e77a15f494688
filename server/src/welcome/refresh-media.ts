import { request } from 'undici'
import type { Task } from '../jobs/job.ts'
import { listMediaDue, type MediaKind, saveMedia, saveMediaFailure } from './media.repository.ts'

/** WeCom keeps media three days (doc 90253); ours is renewed half a day before. */
const LIFETIME_MS = 3 * 86_400_000
const RENEW_BEFORE_MS = 43_200_000
const MEGABYTE = 1024 * 1024
/** doc 90253 */
const LARGEST: Record<MediaKind, number> = { image: 10 * MEGABYTE, video: 10 * MEGABYTE, file: 20 * MEGABYTE }

/** Uploads every welcome attachment that is missing or lapses soon, so that no welcome has to wait for an upload. */
export const refreshMedia: Task = {
  name: 'refresh_media',
  lane: 'general',
  async run(_payload, deps) {
    const due = await listMediaDue(deps.db, new Date(deps.clock.now().getTime() + RENEW_BEFORE_MS))
    for (const { sourceUrl, kind } of due) {
      try {
        const file = await download(sourceUrl, kind)
        const { mediaId, uploadedAt } = await deps.wecom.upload({ kind, ...file })
        const expiresAt = new Date(uploadedAt.getTime() + LIFETIME_MS)
        await saveMedia(deps.db, { sourceUrl, kind, mediaId, uploadedAt, expiresAt })
      } catch (error) {
        // One broken picture must not keep the others from being renewed; the next round tries it again.
        const failure = error instanceof Error ? error.message : 'unknown'
        await saveMediaFailure(deps.db, sourceUrl, kind, failure)
        deps.log.warn({ kind, failure }, 'welcome media could not be uploaded')
      }
    }
  },
}

async function download(url: string, kind: MediaKind) {
  const answer = await request(url, { signal: AbortSignal.timeout(30_000) })
  if (answer.statusCode !== 200) {
    await answer.body.dump()
    throw new Error(`the source answered ${answer.statusCode}`)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size > LARGEST[kind]) throw new Error(`the source is larger than ${LARGEST[kind] / MEGABYTE} MB`)
    chunks.push(chunk)
  }
  const contentType = String(answer.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? ''
  const filename = decodeURIComponent(new URL(url).pathname.split('/').pop() || kind)
  return { data: Buffer.concat(chunks), contentType, filename }
}
