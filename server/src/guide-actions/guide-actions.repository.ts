import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** An action of a guide, recorded where it is done. A share is known by its own id, an opening by the page's. */
export interface GuideAction {
  actionId: string
  action: 'tag_add' | 'remark_edit' | `${string}_share`
  guideUserId: string
  externalUserId: string
  at: Date
}

/** Recording an action again changes nothing. */
export async function keepActions(db: Db, actions: readonly GuideAction[]): Promise<void> {
  if (actions.length === 0) return
  await db
    .insertInto('guideAction')
    .values(actions.map((action) => ({ ...action, chatId: null, lastedMs: null })))
    .onConflict((conflict) => conflict.column('actionId').doNothing())
    .execute()
}

export interface Opening {
  openId: string
  guideUserId: string
  externalUserId: string | undefined
  chatId: string | undefined
  lastedMs: number | undefined
  at: Date
}

/**
 * The beginning of an opening, or its end; either may be told first, or twice. The longest time told counts. False:
 * the id is another guide's opening.
 */
export async function keepOpening(db: Db, opening: Opening): Promise<boolean> {
  const { openId, guideUserId, externalUserId, chatId, lastedMs, at } = opening
  const began = new Date(at.getTime() - (lastedMs ?? 0))
  const { rows } = await sql`
    insert into guide_action as held (action_id, action, guide_user_id, external_user_id, chat_id, at, lasted_ms)
    values (${openId}, 'sidebar_open', ${guideUserId}, ${externalUserId}, ${chatId}, ${began}, ${lastedMs})
    on conflict (action_id) do update set lasted_ms = greatest(held.lasted_ms, excluded.lasted_ms)
      where held.action = 'sidebar_open' and lower(held.guide_user_id) = lower(excluded.guide_user_id)
    returning action_id`.execute(db)
  return rows.length > 0
}

/** In pieces, so that no delete holds its locks for long. Gives how many went. */
export async function deleteActionsBefore(db: Db, before: Date, atMost: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from guide_action where action_id in (
      select action_id from guide_action where at < ${before} order by at limit ${atMost}
    )`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
