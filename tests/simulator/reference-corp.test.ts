import type { Follow, FollowRelation, Stretch } from '@zhanggui/wecom-simulator/cloud/directory.ts'
import { createReferenceCorp, type ReferenceCorp } from '@zhanggui/wecom-simulator/reference-corp/corp.ts'
import type { CorpOptions } from '@zhanggui/wecom-simulator/reference-corp/corp-options.ts'
import { createDigest } from '@zhanggui/wecom-simulator/reference-corp/digest.ts'
import { SALT } from '@zhanggui/wecom-simulator/reference-corp/draw.ts'
import { countFigures } from '@zhanggui/wecom-simulator/reference-corp/figures.ts'
import { createIds } from '@zhanggui/wecom-simulator/reference-corp/ids.ts'
import { describe, expect, test } from 'vitest'
import fc from '../support/properties.ts'

const SMALL = {
  guides: 60,
  otherMembers: 7,
  customersPerGuide: 50,
  bigGuides: 2,
  customersPerBigGuide: 300,
  crowdFollowers: 10,
  groups: 25,
  largestGroup: 40,
  tags: 30,
  tagGroups: 4,
  departments: 30,
  changeShare: 0.05,
}

const small = (options: Partial<CorpOptions> = {}) => createReferenceCorp({ ...SMALL, ...options })
const pairOf = ({ guide, customer }: FollowRelation) => `${guide} ${customer}`

function relationsOf(corp: ReferenceCorp, generation = 0): Follow[] {
  return [...corp.guides()].flatMap((guide) => [...corp.relationsOf(guide, generation)])
}

function readAll<T>(limit: number, read: (from: number, limit: number) => Stretch<T>): T[] {
  const found: T[] = []
  for (let from: number | undefined = 0; from !== undefined; ) {
    const { rows, next } = read(from, limit)
    if (next !== undefined) expect(rows).toHaveLength(limit)
    found.push(...rows)
    from = next
  }
  return found
}

describe('a reference corp', () => {
  test('is the same for the same seed, and another for another', async () => {
    expect(relationsOf(small(), 2)).toEqual(relationsOf(small(), 2))
    expect([...small().groups()]).toEqual([...small().groups()])
    const first = await countFigures(small(), 0)
    expect(await countFigures(small(), 0)).toEqual(first)
    expect((await countFigures(small({ seed: 2 }), 0)).relationDigest).not.toBe(first.relationDigest)
  })

  test('has exactly the relations asked for, each once, whatever its shape', () =>
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(),
          guides: fc.integer({ min: 1, max: 60 }),
          customersPerGuide: fc.integer({ min: 0, max: 40 }),
          crowdFollowers: fc.integer({ min: 0, max: 60 }),
          tags: fc.integer({ min: 1, max: 20 }),
          changeShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
          generation: fc.nat(9),
        }),
        ({ generation, ...shape }) => {
          const relations = relationsOf(small({ bigGuides: 0, tagGroups: 1, ...shape }), generation)
          expect(relations).toHaveLength(shape.guides * shape.customersPerGuide)
          expect(new Set(relations.map(({ relation }) => pairOf(relation))).size).toBe(relations.length)
          for (const { relation } of relations) expect(new Set(relation.tagIds).size).toBe(relation.tagIds.length)
        },
      ),
      { numRuns: 60 },
    ))

  test('shows a guide’s customers page by page as it shows them at once', () => {
    const corp = small()
    for (const limit of [1, 7, 100]) {
      const directory = corp.directory(3)
      const found = [...corp.guides()].flatMap((guide) =>
        readAll(limit, (from, most) => directory.listFollows(guide, from, most)),
      )
      expect(found).toEqual(relationsOf(corp, 3))
    }
    const [big] = corp.guides()
    const ids = [...corp.relationsOf(big ?? '', 3)].map(({ relation }) => relation.customer)
    expect(corp.directory(3).listCustomerIds(big ?? '')).toEqual(ids)
    expect(ids.length).toBeGreaterThan(270)
  })

  test('shows the same relations from the customer’s side', async () => {
    const corp = small({ guides: 120 })
    const directory = corp.directory(1)
    const byCustomer = new Map<string, Follow[]>()
    for (const follow of relationsOf(corp, 1)) {
      const { customer } = follow.relation
      byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), follow])
    }
    for (const [customer, follows] of byCustomer) {
      const followers = readAll(3, (from, limit) => directory.listFollowers(customer, from, limit))
      expect(followers).toEqual(follows.map(({ relation }) => relation))
      expect(directory.findContact(customer)).toEqual(follows[0]?.contact)
    }
    expect(await corp.countCustomers(1)).toBe(byCustomer.size)
    const sizes = new Set([...byCustomer.values()].map((follows) => follows.length))
    for (const size of [1, 2, 3, 4]) expect(sizes).toContain(size)
    expect(Math.max(...sizes)).toBeGreaterThan(4)
  })

  test('changes from one generation to the next by exactly what it announces', () => {
    const corp = small()
    const all = corp.options.guides * corp.options.customersPerGuide
    const { remark, tags, ended, started } = corp.changes
    expect(remark + tags + ended + started).toBe(Math.round(all * 0.05))
    let returned = 0
    const everEnded = new Set<string>()
    for (let generation = 1; generation <= 8; generation++) {
      const before = new Map(relationsOf(corp, generation - 1).map(({ relation }) => [pairOf(relation), relation]))
      const found = { remark: 0, tags: 0, ended: 0, started: 0 }
      for (const { relation } of relationsOf(corp, generation)) {
        const old = before.get(pairOf(relation))
        before.delete(pairOf(relation))
        if (!old) found.started += 1
        if (!old && everEnded.has(pairOf(relation))) returned += 1
        if (old && old.remark !== relation.remark) found.remark += 1
        if (old && old.tagIds.join() !== relation.tagIds.join()) found.tags += 1
        if (old) expect(relation).toEqual({ ...old, remark: relation.remark, tagIds: relation.tagIds })
      }
      found.ended = before.size
      for (const pair of before.keys()) everEnded.add(pair)
      expect(found).toEqual(corp.changes)
    }
    expect(returned).toBeGreaterThan(0)
  })

  test('stands still when nothing is to change', () => {
    const corp = small({ changeShare: 0 })
    expect(relationsOf(corp, 5)).toEqual(relationsOf(corp, 0))
  })

  test('has every member in each of their departments and nowhere else', () => {
    for (const departments of [1, 2, 9, 30]) {
      const corp = small({ departments })
      const directory = corp.directory(0)
      const tree = [directory.findDepartment(1)].flatMap((root) => root ?? [])
      for (const each of tree) tree.push(...directory.listSubDepartments(each.id))
      expect(tree).toHaveLength(departments)
      const places = tree.flatMap(({ id }) => directory.listMembers(id).map(({ userId }) => `${userId} ${id}`))
      expect(new Set(places).size).toBe(places.length)
      const members = new Set(places.map((place) => place.split(' ')[0] ?? ''))
      expect(members.size).toBe(67)
      for (const place of places) {
        const [userId = '', id] = place.split(' ')
        expect(directory.findMember(userId.toUpperCase())).toMatchObject({ userId })
        expect(directory.findMember(userId)?.departmentIds).toContain(Number(id))
      }
    }
    const { listFollowUserIds, findMember } = small().directory(0)
    expect(listFollowUserIds()).toEqual([...small().guides()])
    expect(listFollowUserIds().filter((id) => id !== id.toLowerCase()).length).toBeGreaterThan(1)
    expect(findMember('g0061')).toMatchObject({ follows: false })
    for (const stranger of ['g0068', 'g0000', 'g1', 'nobody']) expect(findMember(stranger)).toBeUndefined()
  })

  test('lists each group once, under its owner, with distinct members', () => {
    const corp = small()
    const directory = corp.directory(0)
    const groups = [...corp.groups()]
    const all = readAll(4, (from, limit) => directory.listGroups({ status: 0 }, from, limit))
    expect(all.map(({ chatId }) => chatId)).toEqual(groups.map(({ chatId }) => chatId))
    for (const limit of [1, 3, 1000]) {
      const owners = directory.listFollowUserIds()
      const listed = readAll(limit, (from, most) => directory.listGroups({ owners, status: 0 }, from, most))
      expect(listed).toEqual(all)
    }
    const [owned] = groups
    expect(owned?.members).toHaveLength(40)
    for (const group of groups) {
      expect(directory.findGroup(group.chatId)).toEqual(group)
      expect(new Set(group.members.map(({ id }) => id)).size).toBe(group.members.length)
      expect(group.members.length).toBeLessThanOrEqual(40)
      const ofOwner = directory.listGroups({ owners: [group.owner.toLowerCase()], status: 0 }, 0, 1000)
      expect(ofOwner.rows).toContainEqual({ chatId: group.chatId, status: 0 })
    }
    const external = groups.flatMap(({ members }) => members.filter((member) => member.external))
    const befriended = external.filter(({ id }) => directory.listFollowers(id, 0, 1).rows.length > 0)
    expect(befriended.length).toBeGreaterThan(0)
    expect(befriended.length).toBeLessThan(external.length)
  })

  test('knows its tags by id', () => {
    const { listTagGroups, findTag, findTagGroup } = small().directory(0)
    const tags = listTagGroups().flatMap((group) => group.tags)
    expect(new Set(tags.map(({ id }) => id)).size).toBe(30)
    for (const tag of tags) expect(findTag(tag.id)).toEqual(tag)
    for (const group of listTagGroups()) expect(findTagGroup(group.id)).toEqual(group)
    const used = new Set(relationsOf(small()).flatMap(({ relation }) => relation.tagIds))
    for (const id of used) expect(tags.map((tag) => tag.id)).toContain(id)
  })

  test('counts what it says', async () => {
    const corp = small()
    expect(await countFigures(corp, 1)).toMatchObject({
      departments: 30,
      members: 67,
      followUsers: 60,
      relations: 3000,
      tags: 30,
      tagGroups: 4,
      groups: 25,
      groupMembers: [...corp.groups()].flatMap((group) => group.members).length,
      changes: corp.changes,
    })
  })

  test.for<[what: string, options: Partial<CorpOptions>]>([
    ['nobody to work for it', { guides: 0 }],
    ['half a guide', { guides: 1.5 }],
    ['more big guides than guides', { bigGuides: 61 }],
    ['big guides with everybody', { customersPerBigGuide: 1501 }],
    ['tag groups without tags', { tags: 3 }],
    ['a change of everything', { changeShare: 1 }],
  ])('is refused with %s', ([, options]) => {
    expect(() => small(options)).toThrow()
  })
})

test('an id carries its index, and a made-up one is nobody’s', () => {
  const ids = createIds('wm', 7, SALT.customer)
  fc.assert(
    fc.property(fc.nat(0xffffffff), (index) => {
      const id = ids.write(index)
      expect(id).toMatch(/^wm[A-Za-z0-9_-]{30}$/)
      expect(ids.read(id)).toBe(index)
      expect(ids.read(`${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    }),
  )
  for (const strange of ['', 'wm', 'wmAnna', createIds('wm', 8, SALT.customer).write(1)]) {
    expect(ids.read(strange)).toBeUndefined()
  }
})

test('a digest does not care for order, but for every record', () => {
  const digestOf = (records: string[]) => {
    const digest = createDigest()
    for (const record of records) digest.add(record)
    return digest.value
  }
  expect(digestOf(['a', 'b', 'c'])).toBe(digestOf(['c', 'a', 'b']))
  for (const other of [['a', 'b'], ['a', 'b', 'd'], ['a', 'b', 'c', 'c'], []]) {
    expect(digestOf(other)).not.toBe(digestOf(['a', 'b', 'c']))
  }
})
