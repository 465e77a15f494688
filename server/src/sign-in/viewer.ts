import type { SessionView } from '@zhanggui/shared/session.ts'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findGuide } from '../guides/find-guide.repository.ts'
import { isInService } from '../guides/service.ts'

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | undefined
  }
}

/** Who asks, as the server's own data has it at this request. */
export interface Viewer {
  /** In WeCom's spelling, as relations are kept. */
  userId: string
  role: 'guide' | 'manager' | 'hq'
  name?: string
  storeId?: string
  storeName?: string
}

/**
 * A member HQ has not listed as a guide sees what any guide sees: the customers they are friends with. Who left, was
 * disabled or fell out of the app's visible range is nobody here, at this very request.
 */
export async function findViewer({ db, config }: Pick<Deps, 'db' | 'config'>, userId: string): Promise<Viewer> {
  const guide = await findGuide(db, userId)
  if (guide && !isInService(guide))
    throw new AppError('account_inactive', { detail: '你的账号已停用、离职,或不在应用的可见范围里,请联系管理员。' })
  const folded = userId.toLowerCase()
  const isRenamed = guide?.formerIds.includes(folded) ?? false
  const ids = [folded, ...(guide ? [guide.userId.toLowerCase(), ...guide.formerIds] : [])]
  const hq = config.hqUserIds.some((id) => ids.includes(id.toLowerCase()))
  return {
    userId: guide && isRenamed ? guide.userId : userId,
    role: hq ? 'hq' : (guide?.role ?? 'guide'),
    ...(guide?.name && { name: guide.name }),
    ...(guide?.storeId && { storeId: guide.storeId }),
    ...(guide?.storeName && { storeName: guide.storeName }),
  }
}

/** For routes behind `requireSession`. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new AppError('unauthenticated')
  return request.viewer
}

/** For what only HQ may do. Throws forbidden. */
export function requireHq(request: FastifyRequest): Viewer {
  const viewer = viewerOf(request)
  if (viewer.role !== 'hq') throw new AppError('forbidden')
  return viewer
}

export function toSessionView(viewer: Viewer, { wecom }: Deps['config']): SessionView {
  const { userId, role, name, storeName } = viewer
  return {
    guide: { userId, ...(name && { name }), ...(storeName && { storeName }) },
    role,
    corpId: wecom.corpId,
    agentId: wecom.agentId,
  }
}
