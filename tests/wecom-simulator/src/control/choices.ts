import type { ChoicesView, CodeView } from '../control-types.ts'
import { listMembersBehind } from '../world/behind.ts'
import { findRelation, nameOf } from '../world/find.ts'
import type { World } from '../world/model.ts'
import { listLiveTags } from '../world/tags.ts'

const MOST_CODES = 20
const NAMES_SHOWN = 2
const WAITING = 2

export function choicesView(world: World, guide: string, chat: string): ChoicesView {
  const marked = new Set(findRelation(world, guide, chat)?.tagIds)
  const groups = [...world.tagGroups.values()].filter(({ deleted }) => !deleted)
  return {
    codes: listCodes(world),
    tagGroups: groups.map((group) => ({
      name: group.name,
      tags: listLiveTags(world, group).map(({ id, name }) => ({ id, name, marked: marked.has(id) })),
    })),
    groupMembers: [...(world.groups.get(chat)?.members.keys() ?? [])]
      .reverse()
      .map((id) => ({ id, name: nameOf(world, id), external: world.customers.has(id) })),
    departed: [...world.departed.values()].map(({ member: { userId, name } }) => ({ userId, name })),
    transfers: world.transfers
      .filter(({ status }) => status === WAITING)
      .map(({ giver, taker, customer }) => ({
        guide: taker,
        customer,
        name: nameOf(world, customer),
        from: nameOf(world, giver),
        to: nameOf(world, taker),
      })),
  }
}

function listCodes(world: World): CodeView[] {
  const ways = [...world.contactWays.values()].map(
    (way): CodeView => ({
      id: way.configId,
      kind: 'way',
      name: way.remark || way.state || '没有名字的码',
      behind: peopleBehind(world, way.users, way.parties),
    }),
  )
  const joins = [...world.joinWays.values()].map(
    (way): CodeView => ({
      id: way.configId,
      kind: 'join',
      name: way.remark || way.state || '没有名字的群码',
      behind: way.chatIds.map((chatId) => world.groups.get(chatId)?.name || '群聊').join('、'),
    }),
  )
  const links = [...world.acquisitionLinks.values()].map(
    (link): CodeView => ({
      id: link.linkId,
      kind: 'link',
      name: link.name,
      behind: peopleBehind(world, link.users, link.departments),
    }),
  )
  return [ways, joins, links].flatMap((codes) => codes.slice(-MOST_CODES).reverse())
}

function peopleBehind(world: World, users: string[], departments: number[]): string {
  const serving = listMembersBehind(world, users, departments).filter(({ follows }) => follows)
  if (serving.length === 0) return '没有人'
  return serving.length > NAMES_SHOWN ? `${serving.length} 人轮流` : serving.map(({ name }) => name).join('、')
}
