import type { Random } from './random.ts'

/** One line of a chat; `clock` is `HH:mm` in Shanghai. */
export interface Said {
  from: 'guide' | 'customer'
  text: string
  daysAgo: number
  clock: string
}

type Exchange = readonly [from: 'guide' | 'customer', text: string][]

/** By the counter's trade; `every` fits all. The last line is what the chat list shows. */
const exchanges: Readonly<Record<string, readonly Exchange[]>> = {
  every: [
    [
      ['customer', '我通过了你的好友申请'],
      ['guide', '您好,以后选款、预留、售后都可以找我'],
    ],
    [
      ['guide', '您预留的那件我放前台了,报手机尾号就能取'],
      ['customer', '收到,谢谢'],
    ],
    [
      ['customer', '周六几点关门'],
      ['guide', '周末到晚上十点,您慢慢来'],
    ],
    [
      ['guide', '会员日双倍积分,想看的款我先帮您留着'],
      ['customer', '好呀'],
    ],
    [
      ['customer', '上次的小票还能补积分吗'],
      ['guide', '可以的,拍给我,我帮您登记'],
    ],
    [
      ['guide', '您要的尺码到货了'],
      ['customer', '太好了,明天下班过去'],
    ],
    [
      ['customer', '停车券怎么领'],
      ['guide', '到店给我看会员码,送您两小时'],
    ],
  ],
  珠宝: [
    [
      ['customer', '项链发黑了能洗吗'],
      ['guide', '免费清洗,二十分钟就好'],
    ],
    [
      ['guide', '您问的四叶锁骨链补货了'],
      ['customer', '帮我留一条'],
    ],
    [
      ['customer', '戒圈可以改小吗'],
      ['guide', '可以改一到两号,一周取'],
    ],
  ],
  美妆: [
    [
      ['customer', '粉底液我用几号'],
      ['guide', '您上次试的是二号自然色'],
    ],
    [
      ['guide', '精华快用完了吧,这周有赠小样'],
      ['customer', '正想问你'],
    ],
  ],
  女装: [
    [
      ['customer', '大衣 M 还有吗'],
      ['guide', '还有一件,给您挂起来了'],
    ],
    [
      ['guide', '新到一批真丝衬衫,米色很衬您'],
      ['customer', '发我看看'],
    ],
  ],
  男装: [
    [
      ['customer', '西装改裤脚多久'],
      ['guide', '三天,改好我通知您'],
    ],
  ],
  鞋履: [
    [
      ['customer', '乐福鞋 37 半码有吗'],
      ['guide', '有 37 和 38,建议拿 37'],
    ],
  ],
  箱包: [
    [
      ['customer', '托特包能刻字吗'],
      ['guide', '可以,两个字母,当天取'],
    ],
  ],
  运动: [
    [
      ['guide', '跑鞋新配色到了,您的 42 码有货'],
      ['customer', '周日去试'],
    ],
  ],
  童装: [
    [
      ['customer', '四岁穿 110 还是 120'],
      ['guide', '110 正好,想穿久一点拿 120'],
    ],
  ],
  家居: [
    [
      ['customer', '四件套一米八的有吗'],
      ['guide', '有雾蓝和米白,都有货'],
    ],
  ],
  腕表: [
    [
      ['customer', '换电池要多久'],
      ['guide', '半小时,顺便帮您检查防水'],
    ],
  ],
  茶食: [
    [
      ['guide', '新桂花乌龙到了,来店里喝一杯'],
      ['customer', '好香,周五来'],
    ],
  ],
  香氛: [
    [
      ['customer', '无花果那支有小样吗'],
      ['guide', '有的,来店送您一支两毫升'],
    ],
  ],
}

/** The last thing that was said, at the latest yesterday, at the earliest on the day they became friends. */
export function drawExchange(random: Random, trade: string, friendsForDays: number): Said[] {
  const choice = [...(exchanges.every ?? []), ...(exchanges[trade] ?? []), ...(exchanges[trade] ?? [])]
  const lines = random.pick(choice)
  const daysAgo = 1 + Math.floor(random.next() ** 2 * Math.min(friendsForDays - 1, 240))
  const start = random.int(10 * 60, 20 * 60)
  return lines.map(([from, text], place) => ({ from, text, daysAgo, clock: clock(start + place * random.int(2, 25)) }))
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
