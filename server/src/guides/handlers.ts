import type { Handler } from '../callbacks/handler.ts'
import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import type { DepartmentDetail } from '../wecom/shapes.ts'
import { dropDepartment, saveDepartments } from './departments.repository.ts'
import { markGone } from './directory.repository.ts'
import { renameGuide } from './follow-renames.ts'
import { mirrorMembers } from './mirror-members.ts'
import { lockDirectory, placeGuides } from './place-guides.repository.ts'

/** The app may read no contacts, or not these (doc 90313): the next sync sees what it can. */
const NOT_FOR_US = [48009, 60011]
/** No such department, or not any more (doc 90313). */
const NO_DEPARTMENT = [60003, 60123]

/**
 * Whatever a callback says of a member, WeCom is asked how things stand: the payload is reduced to ids (doc 90970), and
 * a coming and a going may arrive in either order.
 */
export const mirrorMember: Handler<
  'contact.user_created' | 'contact.user_updated' | 'contact.user_deleted' | 'app.subscribed' | 'app.unsubscribed'
> = {
  task: 'mirror_member',
  lane: 'general',
  key: ({ userId }) => userId.toLowerCase(),
  // The former userid of somebody renamed is nobody's, and they have not left.
  wanted: (data) => !('newUserId' in data),
  async handle({ name, data, receivedAt }, deps) {
    const answers = await readable(mirrorMembers([data.userId], deps, { freshSince: receivedAt }))
    const isUntold = answers === undefined || answers.includes('unreadable')
    // Where WeCom tells us nothing, the callback's word counts: a session must not outlive its guide.
    if (isUntold && (name === 'contact.user_deleted' || name === 'app.unsubscribed'))
      await deps.db.transaction().execute(async (trx) => {
        await lockDirectory(trx)
        await markGone(trx, [data.userId], receivedAt)
      })
  },
}

export const followNewUserId: Handler<'contact.user_updated'> = {
  task: 'follow_new_user_id',
  lane: 'general',
  wanted: ({ newUserId }) => newUserId !== undefined,
  async handle({ data: { userId, newUserId }, receivedAt }, deps) {
    if (newUserId === undefined) return
    await renameGuide({ from: userId, to: newUserId }, receivedAt, deps)
    await readable(mirrorMembers([newUserId], deps, { freshSince: receivedAt }))
  },
}

/** Its members come and go by callbacks of their own; where they belong follows from where the department is. */
export const mirrorDepartment: Handler<'contact.party_created' | 'contact.party_updated' | 'contact.party_deleted'> = {
  task: 'mirror_department',
  lane: 'general',
  key: ({ partyId }) => partyId,
  async handle({ name, data: { partyId } }, deps) {
    const { db, clock } = deps
    const heardAt = clock.now()
    const departments = await readDepartments(partyId, deps)
    await db.transaction().execute(async (trx) => {
      await lockDirectory(trx)
      if (departments.length > 0) await saveDepartments(trx, departments, heardAt)
      else if (name === 'contact.party_deleted') await dropDepartment(trx, partyId)
      await placeGuides(trx, heardAt)
    })
  },
}

/** A department and those below it (doc 90208); none if it is gone or not ours to read. */
async function readDepartments(id: string, { wecom }: Pick<Deps, 'wecom'>): Promise<DepartmentDetail[]> {
  try {
    return (await readable(wecom.call('department/list', { id })))?.department ?? []
  } catch (error) {
    if (error instanceof WecomError && error.errcode !== undefined && NO_DEPARTMENT.includes(error.errcode)) return []
    throw error
  }
}

/** The answer, or nothing where the app lacks the permission. */
async function readable<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof WecomError && error.errcode !== undefined && NOT_FOR_US.includes(error.errcode))
      return undefined
    throw error
  }
}
