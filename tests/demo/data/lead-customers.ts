import type { Customer } from './customers.ts'
import type { Said } from './dialogues.ts'

/** The people at the top of 林晓's chat list, written by hand: what a newcomer sees first. */
export interface LeadCustomer extends Pick<Customer, 'name' | 'gender' | 'type' | 'corpName'> {
  owner: string
  /** Days before today. */
  addedDaysAgo: number
  alsoFriendOf?: string
  addWay: number
  state?: string
  remark?: string
  description?: string
  tags: string[]
  ownTags?: string[]
  messages: Said[]
  /** Not a member when absent. */
  member?: { birthdayInDays: number; storedYuan?: number }
  purchases: { daysAgo: number; channel: 'store' | 'mall' | 'group' | 'live' | 'guide_share'; productIds: string[] }[]
}

export const leadCustomers: readonly LeadCustomer[] = [
  {
    name: '安娜王',
    gender: 2,
    owner: 'linxiao',
    addedDaysAgo: 614,
    addWay: 1,
    state: '收银台',
    remark: '安娜王 爱银色',
    description: '细链、小巧的款式,给妈妈挑过耳坠',
    tags: ['喜欢银色', '偏爱项链', '简约', '常送礼', '门店扫码', '一到三千'],
    ownTags: ['周末下午来'],
    messages: [
      { from: 'guide', text: '王姐,天鹅系列的手链到货了,和您上次那条项链是一套', daysAgo: 2, clock: '16:20' },
      { from: 'customer', text: '好看!有实物图吗', daysAgo: 2, clock: '16:41' },
      { from: 'guide', text: '有的,我给您留一条,周末来试试', daysAgo: 2, clock: '16:43' },
      { from: 'customer', text: '那我周六下午过来', daysAgo: 1, clock: '20:41' },
    ],
    member: { birthdayInDays: 3, storedYuan: 500 },
    purchases: [
      { daysAgo: 614, channel: 'store', productIds: ['SJ-1005'] },
      { daysAgo: 566, channel: 'store', productIds: ['SJ-1002'] },
      { daysAgo: 528, channel: 'mall', productIds: ['OJ-1001'] },
      { daysAgo: 470, channel: 'store', productIds: ['SJ-1004'] },
      { daysAgo: 431, channel: 'guide_share', productIds: ['SJ-1007'] },
      { daysAgo: 379, channel: 'store', productIds: ['SJ-1006', 'SJ-1008'] },
      { daysAgo: 361, channel: 'mall', productIds: ['WT-1002'] },
      { daysAgo: 302, channel: 'store', productIds: ['HW-1001'] },
      { daysAgo: 246, channel: 'group', productIds: ['OJ-1001', 'OJ-1003'] },
      { daysAgo: 187, channel: 'store', productIds: ['SJ-1009'] },
      { daysAgo: 144, channel: 'store', productIds: ['SJ-1008'] },
      { daysAgo: 81, channel: 'mall', productIds: ['SJ-1002'] },
      { daysAgo: 63, channel: 'store', productIds: ['SJ-1001', 'SJ-1002'] },
    ],
  },
  {
    name: '贝拉李',
    gender: 2,
    owner: 'linxiao',
    addedDaysAgo: 203,
    addWay: 1,
    state: '橱窗',
    remark: '贝拉李',
    tags: ['偏爱耳饰', '甜美', '门店扫码', '千元内'],
    messages: [
      { from: 'guide', text: '雪花耳钉已经清洗好了,随时可以来取', daysAgo: 1, clock: '10:05' },
      { from: 'customer', text: '好的,我周末来拿', daysAgo: 1, clock: '10:21' },
    ],
    member: { birthdayInDays: 96 },
    purchases: [
      { daysAgo: 203, channel: 'store', productIds: ['SJ-1002'] },
      { daysAgo: 158, channel: 'store', productIds: ['SJ-1007'] },
      { daysAgo: 92, channel: 'guide_share', productIds: ['SJ-1006'] },
      { daysAgo: 24, channel: 'store', productIds: ['SJ-1003'] },
    ],
  },
  {
    name: '糖糖',
    gender: 2,
    owner: 'linxiao',
    addedDaysAgo: 12,
    addWay: 1,
    state: '会员日',
    tags: ['偏爱手链'],
    messages: [
      { from: 'customer', text: '请问细雨手链有几种颜色', daysAgo: 3, clock: '13:12' },
      { from: 'guide', text: '冰蓝和银白两种,冰蓝现在店里有货', daysAgo: 3, clock: '13:15' },
    ],
    purchases: [],
  },
  {
    name: '陈启明',
    gender: 1,
    type: 2,
    corpName: '云帆科技',
    owner: 'linxiao',
    addedDaysAgo: 341,
    addWay: 3,
    remark: '陈总 送太太',
    description: '太太戴 12 号戒圈,喜欢简单的款',
    tags: ['常送礼', '送太太', '偏爱戒指', '三千以上', '朋友推荐'],
    messages: [
      { from: 'customer', text: '下个月纪念日,帮我想想送什么', daysAgo: 4, clock: '21:06' },
      { from: 'guide', text: '好的陈总,我按太太的戒圈配两套,明天发您看', daysAgo: 4, clock: '21:10' },
    ],
    member: { birthdayInDays: 150 },
    purchases: [
      { daysAgo: 341, channel: 'store', productIds: ['SJ-1010', 'SJ-1009'] },
      { daysAgo: 186, channel: 'store', productIds: ['HG-1006', 'SJ-1008'] },
      { daysAgo: 93, channel: 'store', productIds: ['SJ-1010', 'SJ-1001', 'LA-1003'] },
    ],
  },
  {
    name: '黎黎',
    gender: 2,
    owner: 'zhoumin',
    addedDaysAgo: 288,
    alsoFriendOf: 'linxiao',
    addWay: 4,
    state: '会员日',
    remark: '黎黎 欧家熟客',
    tags: ['喜欢金色', '通勤', '社群', '一到三千'],
    messages: [
      { from: 'customer', text: '锁骨链能再配个耳钉吗', daysAgo: 5, clock: '12:32' },
      { from: 'guide', text: '可以的,雪花耳钉很配,您来店里我帮您搭', daysAgo: 5, clock: '12:35' },
    ],
    member: { birthdayInDays: 41 },
    purchases: [
      { daysAgo: 288, channel: 'store', productIds: ['OJ-1001', 'OJ-1005'] },
      { daysAgo: 214, channel: 'live', productIds: ['OJ-1007', 'OJ-1003'] },
      { daysAgo: 131, channel: 'store', productIds: ['OJ-1010'] },
      { daysAgo: 52, channel: 'store', productIds: ['SJ-1005'] },
    ],
  },
  {
    name: '静水流深',
    gender: 2,
    owner: 'linxiao',
    addedDaysAgo: 690,
    addWay: 2,
    remark: '沈姐',
    tags: ['喜欢珍珠', '复古', '送妈妈', '一到三千'],
    messages: [
      { from: 'guide', text: '沈姐,珍珠耳坠换了新扣,旧款可以来店免费换', daysAgo: 33, clock: '15:02' },
      { from: 'customer', text: '好,最近出差,回来去找你', daysAgo: 32, clock: '09:48' },
    ],
    member: { birthdayInDays: 217 },
    purchases: [
      { daysAgo: 640, channel: 'store', productIds: ['SJ-1006'] },
      { daysAgo: 512, channel: 'store', productIds: ['SJ-1008', 'SJ-1006'] },
      { daysAgo: 355, channel: 'mall', productIds: ['SJ-1009'] },
      { daysAgo: 236, channel: 'store', productIds: ['SJ-1004'] },
    ],
  },
]
