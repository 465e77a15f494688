import type { WorldSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import type { Day } from './calendar.ts'
import { MALL } from './counters.ts'
import { customerSeeds } from './customers.ts'
import { groupSeeds } from './groups.ts'
import { departmentSeeds, memberSeeds } from './guides.ts'
import { relationSeeds } from './relations.ts'
import { tagGroupSeeds } from './tags.ts'

/** What WeCom knows: the same for the same day. */
export function worldSeed(today: Day): WorldSeed {
  return {
    random: 20_260_101,
    corpName: MALL,
    departments: departmentSeeds(),
    members: memberSeeds(),
    customers: customerSeeds(),
    relations: relationSeeds(today),
    tagGroups: tagGroupSeeds(today),
    groups: groupSeeds(today),
  }
}
