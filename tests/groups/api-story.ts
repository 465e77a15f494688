import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import type { GroupChatDetail } from '@zhanggui/server/wecom/shapes.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openShop } from '../support/shop.ts'
import { signInWecom } from '../support/sign-in.ts'

export const NOW = new Date('2026-09-21T10:00:00+08:00')

export interface ApiStory extends TestApp {
  /** What WeCom answers about groups. */
  groups: Map<string, GroupChatDetail>
  asked: string[]
}

/** The shop of `openShop`, and a WeCom that knows groups. */
export async function startApi(): Promise<ApiStory> {
  const groups = new Map<string, GroupChatDetail>()
  const asked: string[] = []
  const base = signInWecom()
  const t = await testApp({
    now: NOW,
    wecom: {
      ...base,
      async call(endpoint, params, options) {
        if (endpoint !== 'externalcontact/groupchat/get') return base.call(endpoint, params, options)
        const chatId = 'chat_id' in params ? String(params.chat_id) : ''
        asked.push(chatId)
        const group_chat = groups.get(chatId)
        if (!group_chat) throw new WecomError({ endpoint, doc: '92122', errcode: 90501 })
        return JSON.parse(JSON.stringify({ group_chat }))
      },
    },
  })
  await openShop(t)
  return { ...t, groups, asked }
}

export interface Person {
  id: string
  joinedAt: string
  scene?: number
  inviter?: string
  name?: string
  nickname?: string
}

/** 林晓's group with 陈晨 and these. */
export function chat(people: readonly Person[], changes: Partial<GroupChatDetail> = {}): GroupChatDetail {
  const founding = '2026-08-01T10:00:00+08:00'
  const all: Person[] = [{ id: 'LinXiao', joinedAt: founding }, { id: 'ChenChen', joinedAt: founding }, ...people]
  return {
    chat_id: 'wrFriends',
    name: '老友群',
    owner: 'LinXiao',
    create_time: unix(founding),
    notice: '周三会员日',
    admin_list: [],
    member_version: 'v1',
    member_list: all.map(({ id, joinedAt, scene = 1, inviter, name = id, nickname }) => ({
      userid: id,
      type: id.startsWith('wm') ? 2 : 1,
      join_time: unix(joinedAt),
      join_scene: scene,
      name,
      ...(inviter && { invitor: { userid: inviter } }),
      ...(nickname && { group_nickname: nickname }),
    })),
    ...changes,
  }
}

function unix(time: string): number {
  return Date.parse(time) / 1000
}
