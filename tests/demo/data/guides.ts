import type { GuideRecord } from '@zhanggui/shared/records.ts'
import type { DepartmentSeed, MemberSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { counters, findCounter, MALL, storeName } from './counters.ts'

export interface Guide {
  userId: string
  name: string
  storeId: string
  role: 'guide' | 'manager'
  /** How many friends this guide has, relative to the others. */
  reach: number
}

/** 林晓 comes first: the story starts with her. The last guide of a counter is its manager. */
const people: readonly [storeId: string, ...guides: [userId: string, name: string, reach: number][]][] = [
  ['C01', ['linxiao', '林晓', 30], ['heqing', '何晴', 14], ['sumin', '苏敏', 9]],
  ['C02', ['zhoumin', '周敏', 22], ['luyao', '陆瑶', 15], ['jiangnan', '江楠', 8]],
  ['C03', ['xuyating', '许雅婷', 20], ['mengjie', '孟洁', 12], ['guyun', '顾芸', 8]],
  ['C04', ['chenyu', '陈宇', 12], ['fanglei', '方磊', 7]],
  ['C05', ['tangxin', '唐欣', 13], ['yeqiu', '叶秋', 7]],
  ['C06', ['songke', '宋可', 15], ['duanrui', '段蕊', 9], ['qinhan', '秦涵', 7]],
  ['C07', ['gaofei', '高飞', 14], ['shiyang', '石洋', 11], ['maxiao', '马骁', 7]],
  ['C08', ['dingtong', '丁童', 15], ['panxi', '潘希', 8]],
  ['C09', ['weian', '魏安', 11], ['bailu', '白露', 7]],
  ['C10', ['yuanyi', '袁怡', 12], ['caijun', '蔡骏', 7]],
  ['C11', ['zhuqing', '祝青', 13], ['luchen', '卢晨', 7]],
  ['C12', ['wenxin', '温馨', 14], ['xiaman', '夏漫', 10], ['jinlan', '金岚', 7]],
]

export const guides: readonly Guide[] = people.flatMap(([storeId, ...staff]) =>
  staff.map(([userId, name, reach], place) => ({
    userId,
    name,
    storeId,
    role: place === staff.length - 1 ? ('manager' as const) : ('guide' as const),
    reach,
  })),
)

/** Has the HQ role and no customers of her own. */
export const hqMember = { userId: 'zhoulan', name: '周岚' }

export function guidesOf(storeId: string): Guide[] {
  return guides.filter((guide) => guide.storeId === storeId)
}

export function findGuide(userId: string): Guide {
  const guide = guides.find((one) => one.userId === userId)
  if (!guide) throw new RangeError(`no guide ${userId}`)
  return guide
}

export function guideRecords(): GuideRecord[] {
  return guides.map(({ userId, storeId, role }) => ({ userId, storeId, role }))
}

const HQ_DEPARTMENT = 2
/** Counters are departments 11, 12, … in the order of the list. */
const departmentOf = (storeId: string) => 11 + counters.indexOf(findCounter(storeId))

export function departmentSeeds(): DepartmentSeed[] {
  return [
    { id: 1, name: MALL, parentId: 0 },
    { id: HQ_DEPARTMENT, name: '总部运营', parentId: 1, order: 100 },
    ...counters.map((counter, place) => ({
      id: departmentOf(counter.storeId),
      name: storeName(counter),
      parentId: 1,
      order: 90 - place,
    })),
  ]
}

const avatarColours = ['#7f9bd1', '#6fa8a0', '#b58bc0', '#d08f7a', '#8aa36c', '#c39a5a', '#7b93a8', '#c07f97']

export function memberSeeds(): MemberSeed[] {
  const staff: MemberSeed[] = guides.map((guide, place) => ({
    userId: guide.userId,
    name: guide.name,
    departmentIds: [departmentOf(guide.storeId)],
    storeName: storeName(findCounter(guide.storeId)),
    avatarColor: avatarColours[place % avatarColours.length],
    position: guide.role === 'manager' ? '店长' : '导购',
    follows: true,
  }))
  return [...staff, { ...hqMember, departmentIds: [HQ_DEPARTMENT], position: '总部运营', follows: false }]
}
