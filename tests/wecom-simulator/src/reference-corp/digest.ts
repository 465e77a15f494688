import type { FollowRelation } from '../cloud/directory.ts'

/** A checksum of many records that does not depend on their order: whoever holds the same ones gets the same word. */
export interface Digest {
  add(record: string): void
  readonly value: string
}

export function createDigest(): Digest {
  let count = 0
  let first = 0
  let second = 0
  return {
    add(record) {
      count += 1
      first = (first + hashOf(record, 0x811c9dc5)) >>> 0
      second = (second + hashOf(record, 0x9747b28c)) >>> 0
    },
    get value() {
      return `${count}:${first.toString(16)}:${second.toString(16)}`
    },
  }
}

/** What a mirror can know of a relation, as one record. `tagIds` in any order. */
export function relationRecord(
  relation: Pick<FollowRelation, 'guide' | 'customer' | 'addedAt' | 'addWay' | 'channelState'> &
    Pick<FollowRelation, 'remark' | 'description' | 'company' | 'phones' | 'tagIds'>,
): string {
  const { guide, customer, addedAt, addWay, channelState, remark, description, company, phones, tagIds } = relation
  const lists = [phones.join(','), [...tagIds].sort().join(',')]
  return [guide, customer, addedAt, addWay, channelState, remark, description, company, ...lists].join('\n')
}

export function groupMemberRecord(member: { chatId: string; id: string; joinedAt: number; joinScene: number }): string {
  return [member.chatId, member.id, member.joinedAt, member.joinScene].join('\n')
}

/** FNV-1a with a finishing mix, so that sums do not cancel out. */
function hashOf(text: string, start: number): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
