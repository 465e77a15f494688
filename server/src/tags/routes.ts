import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CardTags, TagPalette, TagTaps } from '@zhanggui/shared/tag.ts'
import Type from 'typebox'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { askTags } from './ask-tags.ts'
import { readCardTags } from './card-tags.ts'
import { isTagListKnown } from './mirror-tags.repository.ts'
import { mirrorTags } from './mirror-tags.ts'
import { listRecentTags, listTags } from './palette.repository.ts'

/** Most corps' tags fit one page. */
const PAGE = 200
const RECENT = 12

const Query = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\u0000]*$' })),
  cursor: Type.Optional(Type.String({ maxLength: 20 })),
})

/** The tags a guide can set, and what is set on a customer. */
export const tagRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps

  app.get('/api/tags', { schema: { querystring: Query, response: { 200: TagPalette } } }, async (request) => {
    const viewer = viewerOf(request)
    const q = request.query.q?.trim() ?? ''
    const offset = readOffset(request.query.cursor)
    // On a new system a guide may come before the first full sync.
    if (!(await isTagListKnown(db))) await mirrorTags(deps)
    const [found, recent] = await Promise.all([
      listTags(db, q, { limit: PAGE + 1, offset }),
      q || offset > 0 ? [] : listRecentTags(db, viewer.userId, RECENT),
    ])
    return {
      recent: recent.map(toChoice),
      tags: found.slice(0, PAGE).map(toChoice),
      ...(found.length > PAGE && { nextCursor: String(offset + PAGE) }),
    }
  })

  const path = '/api/customers/:externalUserId/tags'
  app.get(path, { schema: { params: CustomerPath, response: { 200: CardTags } } }, async (request) => {
    const viewer = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(db, viewer, externalUserId)
    return readCardTags(deps, ownTagsOf(viewer.userId, externalUserId))
  })

  app.post(path, { schema: { params: CustomerPath, body: TagTaps, response: { 200: CardTags } } }, async (request) => {
    const viewer = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(db, viewer, externalUserId)
    await askTags(deps, viewer, externalUserId, request.body)
    return readCardTags(deps, ownTagsOf(viewer.userId, externalUserId))
  })
}

/** Only who is a friend taps, so the relation shown is their own. */
function ownTagsOf(viewerUserId: string, externalUserId: string) {
  return { externalUserId, viewerUserId, shownGuideUserId: viewerUserId }
}

function toChoice({ tagId, name, groupId, groupName }: Awaited<ReturnType<typeof listTags>>[number]) {
  return { tagId, name, groupId, group: groupName }
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,6}$/.test(cursor)) throw new AppError('bad_request', { detail: 'cursor is not one that this list gave' })
  return Number(cursor)
}
