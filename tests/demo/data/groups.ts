import type { GroupSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { type Day, dayAfter, timeOn } from './calendar.ts'
import { type Customer, customers } from './customers.ts'
import { findGuide, guidesOf } from './guides.ts'
import { itemAt, randomStream } from './random.ts'

interface GroupPlan {
  chatId: string
  name: string
  owner: string
  notice?: string
  /** userids of colleagues inside */
  staff: string[]
  size: number
  daysOld: number
  lastText: string
  fits: (customer: Customer) => boolean
}

const ofCounter = (storeId: string) => (customer: Customer) => findGuide(customer.owner).storeId === storeId
const staffOf = (storeId: string) => guidesOf(storeId).map((guide) => guide.userId)

const plans: readonly GroupPlan[] = [
  {
    chatId: 'wrDemoOldFriendsWanxiang00000001',
    name: '万象城老友群',
    owner: 'linxiao',
    notice: '每周三会员日双倍积分。群里不发广告链接,想看的款直接问导购。',
    staff: ['sumin', 'zhoumin', 'xuyating', 'wenxin'],
    size: 128,
    daysOld: 420,
    lastText: '今晚八点直播,想看的款打在群里',
    fits: () => true,
  },
  {
    chatId: 'wrDemoJewelleryWanxiang000000002',
    name: '施家会员清洗日',
    owner: 'linxiao',
    notice: '每月第一个周六免费清洗首饰。',
    staff: staffOf('C01').filter((userId) => userId !== 'linxiao'),
    size: 34,
    daysOld: 240,
    lastText: '周六上午人少,可以先来',
    fits: ofCounter('C01'),
  },
  {
    chatId: 'wrDemoBeautyWanxiang00000000003',
    name: '欧家护肤课堂',
    owner: 'zhoumin',
    staff: staffOf('C02').filter((userId) => userId !== 'zhoumin'),
    size: 40,
    daysOld: 310,
    lastText: '换季先补水,再上精华',
    fits: ofCounter('C02'),
  },
  {
    chatId: 'wrDemoFamilyWanxiang00000000004',
    name: '小满家亲子周末',
    owner: 'dingtong',
    staff: staffOf('C08').filter((userId) => userId !== 'dingtong'),
    size: 36,
    daysOld: 180,
    lastText: '本周日手工课还有 3 个名额',
    fits: (customer) => ofCounter('C08')(customer) || /妈妈|爸爸/.test(customer.name),
  },
]

export function groupSeeds(today: Day): GroupSeed[] {
  const random = randomStream('groups')
  return plans.map(({ chatId, name, owner, notice, staff, size, daysOld, lastText, fits }): GroupSeed => {
    const staffIds = [owner, ...staff]
    const guests = random.some(customers.filter(fits), size - staffIds.length)
    const joinedAt = (daysAgo: number) => timeOn(dayAfter(today, -daysAgo), random.int(10 * 3600, 21 * 3600))
    return {
      chatId,
      name,
      owner,
      notice,
      createdAt: timeOn(dayAfter(today, -daysOld), 10 * 3600),
      admins: staff.slice(0, 1),
      members: [
        ...staffIds.map((id) => ({ id, joinedAt: joinedAt(daysOld - 1), joinScene: 1 as const, invitedBy: owner })),
        ...guests.map(({ externalUserId, addedDaysAgo }) => {
          const joinScene = itemAt([1, 2, 3, 3] as const, random.int(0, 3))
          const daysAgo = random.int(1, Math.max(1, Math.min(daysOld - 1, addedDaysAgo)))
          return {
            id: externalUserId,
            joinedAt: joinedAt(daysAgo),
            joinScene,
            invitedBy: joinScene === 1 ? owner : undefined,
          }
        }),
      ],
      lastMessage: { from: owner, text: lastText, at: timeOn(dayAfter(today, -2), 18 * 3600 + 1200) },
    }
  })
}
