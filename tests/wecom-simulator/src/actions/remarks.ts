import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { getRelation, guideHas, SimulatorError } from '../world/find.ts'
import type { Relation } from '../world/model.ts'
import { showChat, tellAbout } from './happening.ts'

export function editRemark(context: Context, input: ActionInputs['editRemark']): Happened {
  const relation = editable(context, input)
  relation.remark = input.remark ?? relation.remark
  relation.description = input.description ?? relation.description
  relation.company = input.company ?? relation.company
  relation.phones = input.phones ?? relation.phones
  return tellEdit(context, relation)
}

export function editTags(context: Context, input: ActionInputs['editTags']): Happened {
  const relation = editable(context, input)
  const add = input.add ?? []
  const unknown = add.find((id) => context.world.tags.get(id)?.deleted !== false)
  if (unknown) throw new SimulatorError(`没有这个标签:${unknown}`)
  const kept = relation.tagIds.filter((id) => !input.remove?.includes(id))
  relation.tagIds = [...new Set([...kept, ...add])]
  return tellEdit(context, relation)
}

function editable({ world }: Context, pair: { guide: string; customer: string }): Relation {
  const relation = getRelation(world, pair.guide, pair.customer)
  if (!guideHas(relation)) throw new SimulatorError('导购的通讯录里没有这位顾客')
  return relation
}

function tellEdit(context: Context, relation: Relation): Happened {
  showChat(context, relation.guide, relation.customer)
  return tellAbout(context, relation.guide, {
    Event: 'change_external_contact',
    ChangeType: 'edit_external_contact',
    UserID: relation.guide,
    ExternalUserID: relation.customer,
  })
}
