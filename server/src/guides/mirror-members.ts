import type { Deps } from '../deps.ts'
import { inParallel } from '../in-parallel.ts'
import { WecomError } from '../wecom/errors.ts'
import type { CallOptions } from '../wecom/port.ts'
import type { Member } from '../wecom/shapes.ts'
import { markGone, noteAsked, saveMembers } from './directory.repository.ts'
import { lockDirectory, placeGuides } from './place-guides.repository.ts'
import { foldIds, toMirroredMember } from './wecom-member.ts'

const AT_ONCE = 8
/** No such member, or not within the app's visible range (doc 90313). */
const NOBODY = [60111, 46004]
/** The app may not read this member. */
const OUT_OF_REACH = 60011

/** A member; `gone`: WeCom shows no such member; `unreadable`: it may not tell us. */
export type MemberAnswer = Member | 'gone' | 'unreadable'

/** Asks WeCom for a member (doc 90196). Throws WecomError for anything that is not about this member. */
export async function readMember(
  userId: string,
  { wecom }: Pick<Deps, 'wecom'>,
  options: CallOptions = {},
): Promise<MemberAnswer> {
  try {
    return await wecom.call('user/get', { userid: userId }, options)
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    if (error.errcode !== undefined && NOBODY.includes(error.errcode)) return 'gone'
    if (error.errcode === OUT_OF_REACH) return 'unreadable'
    throw error
  }
}

/** Asks WeCom about these members and keeps what it says; gives the answers in the order of the userids. */
export async function mirrorMembers(
  userIds: readonly string[],
  deps: Deps,
  options: CallOptions = {},
): Promise<MemberAnswer[]> {
  const heardAt = options.freshSince ?? deps.clock.now()
  const [followers, answers] = await Promise.all([
    readFollowers(deps, options),
    inParallel(AT_ONCE, userIds, (userId) => readMember(userId, deps, options)),
  ])
  const members = answers.filter((answer) => typeof answer === 'object')
  const gone = userIds.filter((_, index) => answers[index] === 'gone')
  const unreadable = userIds.filter((_, index) => answers[index] === 'unreadable')
  await deps.db.transaction().execute(async (trx) => {
    await lockDirectory(trx)
    await saveMembers(
      trx,
      members.map((member) => toMirroredMember(member, followers)),
      heardAt,
    )
    await markGone(trx, gone, heardAt)
    await noteAsked(trx, unreadable, heardAt)
    await placeGuides(trx, heardAt)
  })
  return answers
}

/** Who may contact customers (doc 92571): worth knowing, yet not worth failing for one member's news. */
async function readFollowers({ wecom }: Deps, options: CallOptions): Promise<Set<string> | undefined> {
  try {
    const { follow_user } = await wecom.call('externalcontact/get_follow_user_list', {}, options)
    return foldIds(follow_user)
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    return undefined
  }
}
