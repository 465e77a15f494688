import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import type { MemberSeed, WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { smallWorld } from '../support/seed.ts'
import { type Story, startStory } from '../support/server.ts'
import { put } from '../support/shop.ts'

const member = (userId: string, name: string, departmentIds: number[], over: Partial<MemberSeed> = {}): MemberSeed => ({
  userId,
  name,
  departmentIds,
  follows: true,
  ...over,
})

/** A mall of two floors; 林晓 and 周敏 at a counter of the second, 何晴 on the first floor, the boss at the root. */
export function corp(over: Partial<WorldSeed> = {}): WorldSeed {
  return smallWorld({
    departments: [
      { id: 1, name: '万象城', parentId: 0 },
      { id: 2, name: '一楼', parentId: 1 },
      { id: 3, name: '二楼', parentId: 1 },
      { id: 31, name: '潘多拉专柜', parentId: 3 },
    ],
    members: [
      member('LinXiao', '林晓', [31]),
      member('ZhouMin', '周敏', [31, 2]),
      member('HeQing', '何晴', [2]),
      member('Boss', '王总', [1], { follows: false }),
    ],
    customers: [{ externalUserId: 'wmAnna', name: '安娜', gender: 2 }],
    ...over,
  })
}

/** The corp, its server, and a directory that was mirrored once. */
export async function mirroredCorp(over: Partial<WorldSeed> = {}): Promise<Story> {
  const story = await startStory({ simulator: { seed: corp(over) } })
  await mirrorDirectory(story.server.deps)
  return story
}

export async function findRow({ db }: Pick<Story, 'db'>, userId: string) {
  return db.selectFrom('guide').selectAll().where('userId', '=', userId).executeTakeFirst()
}

export async function storeOf(story: Pick<Story, 'db'>, userId: string): Promise<string | null | undefined> {
  return (await findRow(story, userId))?.storeId
}

export function putRecords(story: Story, what: string, records: object[]): Promise<void> {
  return put(story.server, what, records)
}
