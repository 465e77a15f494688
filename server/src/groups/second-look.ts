import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import { mirrorGroup } from './mirror-group.ts'
import { isGroupComplete } from './visibility.repository.ts'

/** Nobody waits longer than this for the tab; the planned reading goes on. */
const PATIENCE_MS = 2_000
const NOT_AGAIN_MS = 3_000
const REMEMBERED = 1_000

/**
 * A guide may open a group before its callback is worked, or while names of newcomers are still missing. WeCom is then
 * asked once; who may see the group is decided afterwards, from our own data.
 */
export function createSecondLook(deps: Deps): (chatId: string) => Promise<void> {
  const looks = new Map<string, { until: number; look: Promise<void> }>()

  async function look(chatId: string): Promise<void> {
    if (await isGroupComplete(deps.db, chatId)) return
    try {
      await mirrorGroup(chatId, deps, { timeoutMs: PATIENCE_MS, retryBusy: false })
    } catch (error) {
      // Not a customer group, or WeCom is busy: then what we know is what we show.
      if (!(error instanceof WecomError)) throw error
      deps.log.debug({ errcode: error.errcode }, 'a second look at a group found nothing')
    }
  }

  return (chatId) => {
    const now = deps.clock.now().getTime()
    const last = looks.get(chatId)
    // The tab asks for the group and its members at once: one look serves both.
    if (last && now < last.until) return last.look
    if (looks.size >= REMEMBERED) looks.clear()
    const fresh = look(chatId)
    looks.set(chatId, { until: now + NOT_AGAIN_MS, look: fresh })
    return fresh
  }
}
