import type { RelationSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { type Day, dayAfter, timeOn } from './calendar.ts'
import { findCounter } from './counters.ts'
import { type Customer, customers } from './customers.ts'
import { createDialogues, type Said } from './dialogues.ts'
import { findGuide, guides, guidesOf } from './guides.ts'
import { type LeadCustomer, leadCustomers } from './lead-customers.ts'
import { type Random, randomStream } from './random.ts'
import { drawTags, tagId } from './tags.ts'

/** How people came (doc 92114): add way, how often, the tag a guide gives for it, channel states of its codes. */
const ways: readonly { addWay: number; weight: number; tag?: string; states: readonly string[] }[] = [
  { addWay: 1, weight: 62, tag: '门店扫码', states: ['收银台', '橱窗', '小票', '会员日', '快闪店'] },
  { addWay: 3, weight: 9, tag: '朋友推荐', states: [] },
  { addWay: 4, weight: 10, tag: '社群', states: [] },
  { addWay: 10, weight: 7, tag: '直播间', states: [] },
  { addWay: 16, weight: 6, tag: '商城', states: ['商城首页', '物流卡片'] },
  { addWay: 2, weight: 4, states: [] },
  { addWay: 201, weight: 2, states: [] },
]
const SECOND_FRIEND = 0.2

interface Drawing {
  today: Day
  random: Random
  talk: ReturnType<typeof createDialogues>
}

/** About 1.2 a customer; the first one is with the owner. */
export function relationSeeds(today: Day): RelationSeed[] {
  const drawing = { today, random: randomStream('relations'), talk: createDialogues() }
  const { random } = drawing
  return customers.flatMap((customer, place) => {
    const lead = leadCustomers[place]
    if (lead) return leadRelations(today, customer, lead)
    const { owner, addedDaysAgo } = customer
    const first = relationWith(drawing, customer, owner, addedDaysAgo)
    if (addedDaysAgo < 30 || !random.chance(SECOND_FRIEND)) return [first]
    const other = random.pick(others(customer))
    return [first, relationWith(drawing, customer, other.userId, random.int(2, addedDaysAgo - 1))]
  })
}

/** A second friend is more often a colleague of the first than someone from another counter. */
function others(customer: Customer) {
  const owner = findGuide(customer.owner)
  const colleagues = guidesOf(owner.storeId).filter((guide) => guide !== owner)
  const strangers = guides.filter((guide) => guide.storeId !== owner.storeId)
  return [...colleagues, ...colleagues, ...colleagues, ...colleagues, ...strangers]
}

function relationWith(drawing: Drawing, customer: Customer, guide: string, friendsForDays: number): RelationSeed {
  const { today, random, talk } = drawing
  const { storeId, trade } = findCounter(findGuide(guide).storeId)
  const way = random.weighted(ways, ({ weight }) => weight)
  const well = Math.min(1, 0.25 + friendsForDays / 365)
  const tags = drawTags(random, trade === '珠宝', way.tag, well)
  return {
    guide,
    customer: customer.externalUserId,
    addedAt: timeOn(dayAfter(today, -friendsForDays), random.int(10 * 3600, 21 * 3600)),
    addWay: way.addWay,
    state: way.states.length > 0 && random.chance(0.85) ? random.pick(way.states) : undefined,
    remark: random.chance(well * 0.5) ? remarkOf(random, customer) : undefined,
    description: random.chance(well * 0.25) ? random.pick(notes) : undefined,
    tags: tags.map(tagId),
    ownTags: random.chance(0.12) ? [random.pick(['老顾客', '本小区', '带孩子来', '聊得来'])] : undefined,
    messages: random.chance(0.8) ? messages(today, talk(random, { guide, storeId, trade, friendsForDays })) : [],
  }
}

function leadRelations(today: Day, customer: Customer, lead: LeadCustomer): RelationSeed[] {
  const relation: RelationSeed = {
    guide: lead.owner,
    customer: customer.externalUserId,
    addedAt: timeOn(dayAfter(today, -lead.addedDaysAgo), 15 * 3600),
    addWay: lead.addWay,
    state: lead.state,
    remark: lead.remark,
    description: lead.description,
    tags: lead.tags.map(tagId),
    ownTags: lead.ownTags,
    messages: messages(today, lead.messages),
  }
  if (!lead.alsoFriendOf) return [relation]
  const second = { ...relation, guide: lead.alsoFriendOf, addedAt: timeOn(dayAfter(today, -52), 15 * 3600) }
  return [{ ...relation, messages: [] }, second]
}

function messages(today: Day, said: readonly Said[]): RelationSeed['messages'] {
  return said.map(({ from, text, daysAgo, clock }) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number)
    return { from, text, at: timeOn(dayAfter(today, -daysAgo), hours * 3600 + minutes * 60) }
  })
}

const notes = [
  '喜欢先看实物图再来店',
  '工作日中午回消息快',
  '怕打扰,一周最多一条',
  '常和妈妈一起来',
  '孩子上小学',
  '试穿要 M 码',
  '不喜欢太张扬的款',
  '买单前会比价,给足时间',
]

/** At most 20 characters (doc 92115). */
function remarkOf(random: Random, { name, gender }: Customer): string {
  const polite = gender === 1 ? '先生' : '女士'
  return random.pick([
    name,
    `${name} ${random.pick(['熟客', '爱新品', '送礼多', '周末来', '等活动'])}`,
    `${name}${polite}`,
  ])
}
