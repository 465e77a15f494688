import type { Random } from '../world/random.ts'

/** What a draw is for: the same index gives unrelated draws for different purposes. */
export const SALT = {
  customer: 1,
  unionId: 2,
  sharing: 3,
  relation: 4,
  listLength: 5,
  member: 6,
  openUserId: 7,
  tag: 8,
  tagGroup: 9,
  group: 10,
  groupOwner: 11,
  groupVersion: 12,
} as const

export type Salt = (typeof SALT)[keyof typeof SALT]

/** 32 bits that depend on nothing but these three: murmur3's finalizer over a salted index. */
export function draw(seed: number, salt: Salt, index: number): number {
  let mixed = Math.imul(index ^ Math.imul(seed + salt * 0x9e3779b1, 0x85ebca6b), 0xcc9e2d51)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A row of draws for one thing: nextRandom() goes on from here. */
export function drawsFor(seed: number, salt: Salt, index: number): Random {
  return { state: draw(seed, salt, index), issued: 0 }
}
