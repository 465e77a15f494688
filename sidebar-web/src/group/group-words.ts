import type { GroupCard, GroupMember, Standing } from '@zhanggui/shared/group.ts'
import { daysBetween, dayWords } from '../ui/times.ts'

export function groupName({ name }: Pick<GroupCard, 'name'>): string {
  return name ?? '未命名的群'
}

/** 群主 周敏 · 建群 420 天, or what has become of the group. */
export function groupLine({ owner, status, startedAt, endedAt, endedHow }: GroupCard, now: number): string {
  const whose = owner ? `群主 ${owner.isMe ? '我' : (owner.name ?? '同事')}` : '群主还不知道是谁'
  if (endedAt) return `${whose} · ${endedHow === 'dismissed' ? '群已解散' : '企业微信里找不到这个群了'}`
  if (status === 'owner_resigned') return `${whose} · 已离职,等人接手`
  if (status === 'inheriting') return `${whose} · 正在交接`
  const days = startedAt === undefined ? undefined : daysBetween(Date.parse(startedAt), now)
  if (days === undefined) return whose
  return `${whose} · ${days > 0 ? `建群 ${days} 天` : '今天建的群'}`
}

/** 进 3 退 1 */
export function movementWords({ joined, left }: GroupCard['today']): string {
  if (joined === 0 && left === 0) return '没变化'
  return [joined > 0 ? `进 ${joined}` : '', left > 0 ? `退 ${left}` : ''].filter(Boolean).join(' ')
}

export function salesWords({ orders, buyers }: GroupCard['sales']): string {
  return `${buyers} 位群友,${orders} 单`
}

export const standings: readonly [Standing, string][] = [
  ['mine', '我的客户'],
  ['strangers', '没人加'],
  ['colleagues', '同事的'],
  ['guides', '导购'],
]

export function emptyWords(standing: Standing, { counts }: GroupCard): { title: string; hint?: string } {
  if (standing === 'mine') {
    const hint = counts.strangers > 0 ? '点“没人加”,先从他们加起' : '群友都是同事的客户'
    return { title: '群里还没有你的客户', ...(counts.strangers + counts.colleagues > 0 && { hint }) }
  }
  if (standing === 'strangers') return { title: '群友都有导购了', hint: '新进群、还没加好友的会出现在这里' }
  if (standing === 'colleagues') return { title: '没有同事的客户' }
  return { title: '群里没有导购' }
}

export function memberName({ name, nickname }: GroupMember): string {
  return name ?? nickname ?? '新群友'
}

const RECENT_MS = 2 * 60_000

/** WeCom tells of somebody who has just come before it tells their name. */
export function expectsNames(members: readonly GroupMember[], now: number): boolean {
  return members.some(({ name, joinedAt }) => name === undefined && now - Date.parse(joinedAt) < RECENT_MS)
}

/** 昨天扫码进群, 4月22日林晓邀请进群 */
export function joinWords({ joinedAt, scene, inviter }: GroupMember, now: number): string {
  return `${dayWords(joinedAt, now)}${howWords(scene, inviter)}进群`
}

function howWords(scene: GroupMember['scene'], inviter: GroupMember['inviter']): string {
  if (scene === 'qr') return '扫码'
  if (scene === 'link') return '点链接'
  if (scene === 'other') return ''
  return inviter?.name ? `由${inviter.name}邀请` : '受邀'
}

/** What the viewer wrote down, or what they call themselves here, before how they came. */
export function memberLine(member: GroupMember, now: number): string {
  const shown = memberName(member)
  const alias = member.remark ?? (member.nickname === shown ? undefined : member.nickname)
  return [...(alias ? [alias] : []), joinWords(member, now)].join(' · ')
}
