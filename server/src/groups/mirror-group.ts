import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import type { CallOptions } from '../wecom/port.ts'
import type { GroupChatDetail } from '../wecom/shapes.ts'
import { type GroupDrift, keepAnswer, keepEnd } from './group-news.ts'
import type { ToldMember } from './memberships.repository.ts'
import { sceneRead } from './vocabulary.ts'

/** The group was dissolved. */
const DISSOLVED = 49008

/** Asks WeCom about a group (doc 92122) and keeps the answer; one that was dissolved ends. Throws WecomError. */
export async function mirrorGroup(
  chatId: string,
  { db, wecom, clock }: Deps,
  options: CallOptions = {},
): Promise<GroupDrift> {
  const askedAt = clock.now()
  const answer = await ask()
  if (answer === undefined) return keepEnd(db, chatId, { how: 'dismissed', at: askedAt, askedAt })
  const { name, owner, notice, create_time, member_version, admin_list, member_list } = answer
  return keepAnswer(db, chatId, {
    group: {
      name,
      ownerUserId: owner,
      notice: notice || null,
      startedAt: new Date(create_time * 1000),
      memberVersion: member_version ?? '',
      adminUserIds: (admin_list ?? []).map(({ userid }) => userid),
    },
    // By id: a list that names somebody twice means one person.
    members: [...new Map((member_list ?? []).map((member) => [member.userid, toMember(member)])).values()],
    askedAt,
    now: clock.now(),
  })

  async function ask(): Promise<GroupChatDetail | undefined> {
    try {
      return (await wecom.call('externalcontact/groupchat/get', { chat_id: chatId, need_name: 1 }, options)).group_chat
    } catch (error) {
      if (error instanceof WecomError && error.errcode === DISSOLVED) return undefined
      throw error
    }
  }
}

function toMember(member: GroupChatDetail['member_list'][number]): ToldMember {
  return {
    memberId: member.userid,
    kind: member.type === 1 ? 'guide' : 'customer',
    joinedAt: new Date(member.join_time * 1000),
    joinScene: sceneRead(member.join_scene),
    invitedBy: member.invitor?.userid || null,
    channelState: member.state || null,
    name: member.name || null,
    nickname: member.group_nickname || null,
    unionId: member.unionid || null,
  }
}
