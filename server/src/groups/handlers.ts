import type { CallbackEvents } from '../callbacks/events.ts'
import type { Handler } from '../callbacks/handler.ts'
import { keepEnd, keepRollChange, keepUntoldChange } from './group-news.ts'
import { leavingHeard, sceneHeard } from './vocabulary.ts'

export const noticeNewGroup: Handler<'group.created'> = {
  task: 'notice_new_group',
  lane: 'general',
  handle: ({ data, receivedAt }, { db, clock }) =>
    keepUntoldChange(db, data.chatId, { heardAt: receivedAt, now: clock.now(), awaitsChange: false }),
}

export const endDismissedGroup: Handler<'group.dismissed'> = {
  task: 'end_dismissed_group',
  lane: 'general',
  async handle({ data, at, receivedAt }, { db }) {
    await keepEnd(db, data.chatId, { how: 'dismissed', at, heardAt: receivedAt })
  },
}

/** Who came and went is told; a new owner, name or notice has to be read (doc 92130). */
export const followGroupChange: Handler<'group.updated'> = {
  task: 'follow_group_change',
  lane: 'general',
  async handle({ data, at, receivedAt: heardAt }, { db, clock }) {
    const { chatId, detail, memberIds } = data
    const now = clock.now()
    const change = { memberIds, step: stepOf(data), at, heardAt, now }
    // The unused scene of the two is 0 as well, so the detail decides.
    if (detail === 'add_member')
      return keepRollChange(db, chatId, { ...change, what: 'joined', how: sceneHeard(data.joinScene) })
    if (detail === 'del_member')
      return keepRollChange(db, chatId, { ...change, what: 'left', how: leavingHeard(data.quitScene) })
    await keepUntoldChange(db, chatId, { heardAt, now, awaitsChange: true })
  },
}

function stepOf({ lastMemberVersion, memberVersion, memberCount, memberIds }: CallbackEvents['group.updated']) {
  return {
    last: lastMemberVersion,
    current: memberVersion,
    complete: memberIds.length > 0 && (memberCount === undefined || memberCount === memberIds.length),
  }
}
