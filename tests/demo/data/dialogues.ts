import { productsOf } from './products.ts'
import { itemAt, type Random, randomStream } from './random.ts'

/** One line of a chat; `clock` is `HH:mm` in Shanghai. */
export interface Said {
  from: 'guide' | 'customer'
  text: string
  daysAgo: number
  clock: string
}

type Line = readonly [from: 'guide' | 'customer', text: string]
type Exchange = readonly Line[]

const ask = (question: string, answer: string): Exchange => [
  ['customer', question],
  ['guide', answer],
]
const offer = (news: string, answer: string): Exchange => [
  ['guide', news],
  ['customer', answer],
]

/** Fits every counter. `{thing}` is one of its products. The last line is what the chat list shows. */
const everywhere: readonly Exchange[] = [
  ask('我通过了你的好友申请', '您好,以后选款、预留、售后都可以找我'),
  offer('您预留的{thing}我放前台了,报手机尾号就能取', '收到,谢谢'),
  ask('周六几点关门', '周末到晚上十点,您慢慢来'),
  offer('会员日双倍积分,想看的款我先帮您留着', '好呀'),
  ask('上次的小票还能补积分吗', '可以的,拍给我,我帮您登记'),
  offer('您问的{thing}到货了', '太好了,明天下班过去'),
  ask('停车券怎么领', '到店给我看会员码,送您两小时'),
  ask('{thing}还有现货吗', '还有两件,给您留一件到周日'),
  ask('送朋友可以包一下吗', '可以的,贺卡也给您写好'),
  ask('{thing}能寄到公司吗', '可以,下午四点前下单当天发'),
  offer('{thing}这周有会员价,您上次看过的', '多少呀'),
  ask('可以开发票吗', '可以,抬头发我,给您开电子的'),
  offer('您的积分能换一张券,月底到期', '好,我周末去换'),
  ask('刚买的想换一件', '没问题,七天内带小票来就行'),
  ask('店里现在人多吗', '不多,您现在过来正好'),
  offer('{thing}的实物图发您了', '比网页上好看'),
  ask('生日月有什么', '有一张礼券,到店我帮您用上'),
  offer('上次的{thing}用着还顺手吗', '很喜欢,朋友也在问'),
  ask('{thing}和上次那件哪个好', '看您平时搭什么,来店里一起比比'),
  ask('明天几点上班', '我明天早班,十点就在'),
  ask('{thing}有别的颜色吗', '有两色,都给您拍一张'),
  offer('{thing}只剩最后一件了,要给您留吗', '要的,晚上来拿'),
  ask('妈妈生日送什么好', '{thing}最近送长辈的多,要不要看看'),
  ask('会员码在哪里看', '我发您的卡片点开就是'),
  offer('新到的{thing}给您拍了细节', '做工真好'),
  ask('到店怎么找你', '进门左手边,报我名字就行'),
  ask('{thing}会打折吗', '会员日有双倍积分,比打折划算'),
  offer('今天下雨,您要的我给您送到停车场', '太贴心了'),
  ask('能不能换个新盒子', '可以,来店里给您换好'),
  ask('上次那位同事还在吗', '今天她休息,有事找我也一样'),
]

const byTrade: Readonly<Record<string, readonly Exchange[]>> = {
  珠宝: [
    ask('项链发黑了能洗吗', '免费清洗,二十分钟就好'),
    ask('戒圈可以改小吗', '可以改一到两号,一周取'),
    ask('珍珠平时怎么收', '单独放软袋里,别碰香水'),
    offer('清洗好了,拍给您看', '像新的一样'),
    ask('链子能加长两厘米吗', '可以的,当场就能加'),
    offer('配{thing}的耳钉我给您找到了', '发我看看'),
  ],
  美妆: [
    ask('粉底液我用几号', '您上次试的是二号自然色'),
    offer('精华快用完了吧,这周有赠小样', '正想问你'),
    ask('换季脸有点干', '先加一层面霜,来店里给您试'),
    ask('唇釉哪个色显白', '雾玫瑰,我给您留支试用'),
  ],
  女装: [
    ask('大衣 M 还有吗', '还有一件,给您挂起来了'),
    offer('新到一批真丝衬衫,米色很衬您', '发我看看'),
    ask('羊绒怎么洗', '送来店里,会员免费养护一次'),
  ],
  男装: [
    ask('西装改裤脚多久', '三天,改好我通知您'),
    ask('衬衫 41 领还有吗', '白的蓝的都有'),
    offer('您的尺寸我记着,直接给您配一套', '省心,谢了'),
  ],
  鞋履: [ask('乐福鞋 37 半码有吗', '有 37 和 38,建议拿 37'), ask('新鞋有点磨脚', '拿来我帮您撑一下,半小时')],
  箱包: [ask('托特包能刻字吗', '可以,两个字母,当天取'), ask('包角磨了能修吗', '能修,一周左右')],
  运动: [offer('跑鞋新配色到了,您的 42 码有货', '周日去试'), ask('跑十公里穿哪双', '软底那双,来店里测一下脚型')],
  童装: [ask('四岁穿 110 还是 120', '110 正好,想穿久一点拿 120'), offer('周日手工课给宝贝留了位置', '谢谢,我们一定到')],
  家居: [ask('四件套一米八的有吗', '有雾蓝和米白,都有货'), ask('夜灯亮度能调吗', '能,三档,睡前用最暗那档')],
  腕表: [ask('换电池要多久', '半小时,顺便帮您检查防水'), ask('表带能截短吗', '当场就能截,您带来')],
  茶食: [offer('新桂花乌龙到了,来店里喝一杯', '好香,周五来'), ask('龙井送长辈选哪款', '礼罐装体面,我给您配个提袋')],
  香氛: [ask('无花果那支有小样吗', '有的,来店送您一支两毫升'), ask('蜡烛能烧多久', '四十小时左右,第一次烧满两小时')],
}

export interface Talker {
  guide: string
  storeId: string
  trade: string
  friendsForDays: number
}

/** Chats of one guide do not repeat until all have been had. */
export function createDialogues(): (random: Random, talker: Talker) => Said[] {
  const decks = new Map<string, Exchange[]>()
  return (random, { guide, storeId, trade, friendsForDays }) => {
    const deck = decks.get(guide) ?? []
    if (deck.length === 0) deck.push(...shuffled(guide, [...everywhere, ...(byTrade[trade] ?? [])]))
    decks.set(guide, deck)
    const thing = random.pick(productsOf(storeId)).name
    const daysAgo = 1 + Math.floor(random.next() ** 2 * Math.min(friendsForDays - 1, 240))
    const start = random.int(10 * 60, 20 * 60)
    return (deck.pop() ?? []).map(([from, text], place) => ({
      from,
      text: text.replace('{thing}', thing),
      daysAgo,
      clock: clock(start + place * random.int(2, 25)),
    }))
  }
}

function shuffled<T>(seed: string, list: readonly T[]): T[] {
  const random = randomStream(`deck of ${seed}`)
  const rest = [...list]
  return list.map(() => itemAt(rest.splice(random.int(0, rest.length - 1), 1), 0))
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
