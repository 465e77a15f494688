import type { MemberSeed, WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'

const LIN: MemberSeed = { userId: 'LinXiao', name: '林晓', departmentIds: [2], storeName: '施家专柜', follows: true }
const ZHOU: MemberSeed = { userId: 'ZhouMin', name: '周敏', departmentIds: [2], storeName: '欧家专柜', follows: true }

/** Two guides, nobody befriended yet. */
export function smallWorld(over: Partial<WorldSeed> = {}): WorldSeed {
  return {
    random: 7,
    corpName: '万象城',
    departments: [
      { id: 1, name: '万象城', parentId: 0 },
      { id: 2, name: '专柜', parentId: 1 },
    ],
    members: [LIN, ZHOU],
    customers: [],
    relations: [],
    tagGroups: [],
    groups: [],
    ...over,
  }
}
