import type { Boot, Signature } from '@zhanggui/shared/session.ts'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { signPage } from '../sign-in/session.routes.ts'
import { readSession } from '../sign-in/session.ts'
import { findViewer, toSessionView, type Viewer } from '../sign-in/viewer.ts'

/** The page is worth more than a signature it can also ask for itself. */
const SIGNATURE_BUDGET_MS = 300

/** What the page is spared asking. Nothing of it for somebody not signed in. */
export async function readBoot(deps: Deps, request: FastifyRequest): Promise<Boot> {
  const url = deps.config.publicUrl + request.originalUrl
  const userId = readSession(request, deps.clock.now())
  if (userId === undefined) return { url }
  const [viewer, signature] = await Promise.all([tryFindViewer(deps, userId), trySign(deps, url)])
  if (!viewer) return { url }
  return { session: toSessionView(viewer, deps.config), url, ...(signature && { signature }) }
}

/** Nobody for somebody who may not work here any more: the page goes to sign-in, which says so. */
async function tryFindViewer(deps: Deps, userId: string): Promise<Viewer | undefined> {
  try {
    return await findViewer(deps, userId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'account_inactive') return undefined
    throw error
  }
}

async function trySign(deps: Deps, url: string): Promise<Signature | undefined> {
  const signing = signPage(deps, 'agent', url).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'the sidebar goes out without a signature')
    return undefined
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, SIGNATURE_BUDGET_MS, undefined)
  })
  try {
    return await Promise.race([signing, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The block goes to the end of the head. Inside a script element only `<` could end or open anything. */
export function insertBoot(page: string, boot: Boot): string {
  const json = JSON.stringify(boot).replaceAll('<', '\\u003c')
  return page.replace('</head>', () => `<script type="application/json" id="boot">${json}</script></head>`)
}
