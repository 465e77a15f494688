import type { SessionView } from '@zhanggui/shared/session.ts'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findGuide } from '../guides/find-guide.repository.ts'

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

/** A member HQ has not listed as a guide sees what any guide sees: the customers they are friends with. */
export async function findViewer({ db, config }: Pick<Deps, 'db' | 'config'>, userId: string): Promise<Viewer> {
  const guide = await findGuide(db, userId)
  const hq = config.hqUserIds.some((id) => id.toLowerCase() === userId.toLowerCase())
  return {
    userId,
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

export function toSessionView(viewer: Viewer, { wecom }: Deps['config']): SessionView {
  const { userId, role, name, storeName } = viewer
  return {
    guide: { userId, ...(name && { name }), ...(storeName && { storeName }) },
    role,
    corpId: wecom.corpId,
    agentId: wecom.agentId,
  }
}
