import type { GroupCard, GroupMember } from '@zhanggui/shared/group.ts'
import { ANNA, ago, NEWCOMER } from './samples.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export const OLD_FRIENDS = 'wrOLDFRIENDS00000001'

export function groupCard(changes: Partial<GroupCard> = {}): GroupCard {
  return {
    chatId: OLD_FRIENDS,
    name: '万象城老友群',
    owner: { userId: 'linxiao', name: '林晓', isMe: true },
    status: 'normal',
    notice:
      '每周三会员日双倍积分。群里不发广告链接,想看的款直接问导购。首饰清洗请提前一天预约,周末人多,工作日上午来不用排队。',
    startedAt: ago(420 * DAY),
    size: 128,
    counts: { mine: 3, colleagues: 3, strangers: 120, guides: 2 },
    today: { joined: 3, left: 1 },
    week: { joined: 12, left: 4 },
    sales: { orders: 13, buyers: 8, amount: 1_846_050 },
    mirroredAt: ago(HOUR),
    ...changes,
  }
}

export function groupMembers(): Record<string, GroupMember[]> {
  const joined = (days: number) => ({ joinedAt: ago(days * DAY), opens: false })
  return {
    mine: [
      { memberId: ANNA, name: '安娜王', remark: '王姐,国金公寓', tier: '金卡', scene: 'qr', ...joined(0), opens: true },
      {
        memberId: NEWCOMER,
        name: '陈屿',
        scene: 'direct',
        inviter: { userId: 'linxiao', name: '林晓' },
        ...joined(1),
        opens: true,
      },
      {
        memberId: 'wmLONGNAME00000000003',
        name: '名字特别长特别长的一位老顾客她还在后面加了表情🌸🌸',
        remark: '备注也写得很长很长,住在万象城对面的公寓,周末带孩子来',
        tier: '黑金会员',
        scene: 'link',
        ...joined(200),
        opens: true,
      },
    ],
    strangers: Array.from({ length: 120 }, (_, index) => ({
      memberId: `wmSTRANGER${index}`,
      name: `群友${index}`,
      ...(index % 3 === 0 && { nickname: `昵称${index}` }),
      scene: index % 2 === 0 ? ('qr' as const) : ('direct' as const),
      ...(index % 2 === 1 && { inviter: { userId: 'zhoumin', name: '周敏' } }),
      ...joined(index),
    })),
    colleagues: [{ memberId: 'wmCOLLEAGUE1', name: '许雅婷', scene: 'other', ...joined(30) }],
    guides: [
      { memberId: 'linxiao', name: '林晓', role: 'owner', scene: 'direct', ...joined(420) },
      { memberId: 'zhoumin', name: '周敏', role: 'admin', scene: 'direct', ...joined(419) },
    ],
  }
}
