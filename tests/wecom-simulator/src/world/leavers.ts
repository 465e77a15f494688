import { guideHas } from './find.ts'
import type { DepartedMember, World } from './model.ts'

/** doc 90196 */
const LEFT = 5

/** Who was deleted from the contacts or quit by themself. */
export function findLeaver(world: World, userId: string): DepartedMember | undefined {
  const stayed = world.members.get(userId.toLowerCase())
  if (stayed) return stayed.status === LEFT ? { member: stayed, leftAt: stayed.leftAt ?? 0 } : undefined
  return world.departed.get(userId.toLowerCase())
}

/** Customers of those who left, until somebody has taken them over; who left last comes first. */
export function listUnassigned(world: World): { guide: string; customer: string; leftAt: number }[] {
  const quit = [...world.members.values()].filter(({ status }) => status === LEFT)
  const leavers = [...world.departed.values(), ...quit.map((member) => ({ member, leftAt: member.leftAt ?? 0 }))]
  return leavers
    .sort((a, b) => b.leftAt - a.leftAt || a.member.userId.localeCompare(b.member.userId))
    .flatMap(({ member, leftAt }) =>
      [...(world.relations.get(member.userId)?.values() ?? [])]
        .filter(guideHas)
        .map(({ customer }) => ({ guide: member.userId, customer, leftAt })),
    )
}
