import type { TagGroupSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import type { Day } from './calendar.ts'
import { dayAfter, timeOn } from './calendar.ts'
import type { Random } from './random.ts'

/** Corp tags by group. */
const groups = {
  喜好: [
    '喜欢银色',
    '喜欢金色',
    '喜欢珍珠',
    '偏爱项链',
    '偏爱耳饰',
    '偏爱戒指',
    '偏爱手链',
    '爱看新品',
    '只看正价',
    '等活动',
    '收藏限量',
  ],
  风格: ['简约', '甜美', '通勤', '复古', '运动休闲', '轻奢'],
  来源: ['门店扫码', '朋友推荐', '社群', '直播间', '商城'],
  送礼: ['常送礼', '送妈妈', '送太太', '送先生', '送闺蜜', '送孩子'],
  价位: ['千元内', '一到三千', '三千以上'],
  到店: ['周末来', '工作日中午来', '晚上来'],
} as const

type GroupName = keyof typeof groups
const groupNames: readonly GroupName[] = ['喜好', '风格', '来源', '送礼', '价位', '到店']

/** Only jewellery has colours and pieces to be fond of; the rest fits everyone. */
const jewelleryTags = new Set<string>(groups.喜好.slice(0, 7))

const tagIds = new Map(
  groupNames.flatMap((group, g) =>
    groups[group].map((name, t) => [name as string, `etTagDemo${pad(g)}${pad(t)}wanxiang`]),
  ),
)

function pad(place: number): string {
  return String(place + 1).padStart(2, '0')
}

export function tagId(name: string): string {
  const id = tagIds.get(name)
  if (!id) throw new RangeError(`no tag ${name}`)
  return id
}

export function tagGroupSeeds(today: Day): TagGroupSeed[] {
  return groupNames.map((group, place) => ({
    groupId: `etGroupDemo${pad(place)}wanxiang`,
    name: group,
    order: 100 - place,
    createdAt: timeOn(dayAfter(today, -730), 10 * 3600),
    ownedByApp: group === '喜好',
    tags: groups[group].map((name, order) => ({ tagId: tagId(name), name, order: 100 - order })),
  }))
}

/** What a guide who knows the customer `well` (0…1) has marked. */
export function drawTags(random: Random, jewellery: boolean, source: string | undefined, well: number): string[] {
  const likes = groups.喜好.filter((name) => jewellery || !jewelleryTags.has(name))
  const chosen: string[] = []
  if (random.chance(well)) chosen.push(...random.some(likes, random.int(1, 2)))
  if (random.chance(well * 0.8)) chosen.push(random.pick(groups.风格))
  if (source) chosen.push(source)
  if (random.chance(well * 0.45)) chosen.push(random.pick(groups.送礼))
  if (random.chance(well * 0.7)) chosen.push(random.weighted(groups.价位, (name) => (name === '千元内' ? 5 : 3)))
  if (random.chance(well * 0.4)) chosen.push(random.pick(groups.到店))
  return chosen
}
