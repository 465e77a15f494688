import type { TagGroupView, TagView } from '../cloud/directory.ts'
import type { CorpOptions } from './corp-options.ts'
import { SALT } from './draw.ts'
import { createIds } from './ids.ts'

export interface Tags {
  id(tag: number): string
  findTag(id: string): TagView | undefined
  findTagGroup(id: string): TagGroupView | undefined
  listTagGroups(): TagGroupView[]
}

const GROUP_NAMES = ['等级', '品类', '来源', '生日月', '偏好', '活动', '价格带', '肤质']
const TAG_NAMES = ['重要', '常客', '新客', '香水', '口红', '会员日', '高', '中', '低', '春季']
/** 2025-03-01 in China, and a minute more for each group. */
const CREATED_FROM = 1_740_758_400

export function createTags({ seed, tags, tagGroups }: CorpOptions): Tags {
  const tagIds = createIds('et', seed, SALT.tag)
  const groupIds = createIds('et', seed, SALT.tagGroup)
  /** Each group holds neighbours, and as many as the others give or take one. */
  const firstOf = (group: number) => Math.ceil((group * tags) / tagGroups)
  const groupOf = (tag: number) => Math.floor((tag * tagGroups) / tags)
  const createdAt = (group: number) => CREATED_FROM + group * 60

  function tagView(tag: number): TagView {
    const group = groupOf(tag)
    return {
      id: tagIds.write(tag),
      groupId: groupIds.write(group),
      groupName: groupName(group),
      name: `${TAG_NAMES[tag % TAG_NAMES.length]}${tag + 1}`,
      createdAt: createdAt(group),
      order: tag - firstOf(group),
      deleted: false,
    }
  }

  function groupView(group: number): TagGroupView {
    const first = firstOf(group)
    return {
      id: groupIds.write(group),
      name: groupName(group),
      createdAt: createdAt(group),
      order: tagGroups - group,
      deleted: false,
      tags: Array.from({ length: firstOf(group + 1) - first }, (_, index) => tagView(first + index)),
    }
  }

  return {
    id: tagIds.write,
    findTag: (id) => below(tagIds.read(id), tags, tagView),
    findTagGroup: (id) => below(groupIds.read(id), tagGroups, groupView),
    listTagGroups: () => Array.from({ length: tagGroups }, (_, group) => groupView(group)),
  }
}

function groupName(group: number): string {
  return `${GROUP_NAMES[group % GROUP_NAMES.length]}${group + 1}`
}

function below<T>(index: number | undefined, end: number, view: (index: number) => T): T | undefined {
  return index !== undefined && index < end ? view(index) : undefined
}
