import { nothingYet } from './create-world.ts'
import type { Member, World } from './model.ts'

/**
 * JSON with maps, sets and bytes marked, so that the world's own shape is the only description of it.
 * `$map` holds entries, `$set` values, `$bytes` base64.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (each instanceof Map) return { $map: [...each] }
    if (each instanceof Set) return { $set: [...each] }
    if (each instanceof Uint8Array) return { $bytes: Buffer.from(each).toString('base64') }
    return each
  })
}

export function fromJson(json: string): unknown {
  return JSON.parse(json, (_key, each: unknown) => {
    if (!isRecord(each)) return each
    if (Array.isArray(each.$map)) return new Map(each.$map)
    if (Array.isArray(each.$set)) return new Set(each.$set)
    if (typeof each.$bytes === 'string') return new Uint8Array(Buffer.from(each.$bytes, 'base64'))
    return each
  })
}

/** The two indexes share their relations, which JSON would write twice and read back as strangers. */
export function storable(world: World) {
  const { followers: _index, ...rest } = world
  return rest
}

export function restored(stored: ReturnType<typeof storable>): World {
  const followers: World['followers'] = new Map()
  for (const ofGuide of stored.relations.values()) {
    for (const relation of ofGuide.values()) {
      const ofCustomer = followers.get(relation.customer) ?? new Map()
      followers.set(relation.customer, ofCustomer.set(relation.guide, relation))
    }
  }
  for (const member of stored.members.values()) giveStanding(member)
  return { ...nothingYet(), ...stored, followers }
}

/** In a world of an older simulator members had none. */
function giveStanding(member: Member) {
  member.configured ??= member.follows
  member.visible ??= true
  member.status ??= 1
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
