import type { Random } from './random.ts'

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const womenWestern =
  '安娜 贝拉 艾米 莉莉 露西 黛西 苏菲 艾琳 凯蒂 珍妮 米娅 海伦 琳达 娜塔莎 薇薇安 克莱尔 奥利维亚 艾玛 夏洛特 朱莉'.split(
    ' ',
  )
const menWestern = '杰森 凯文 托尼 大卫 亚历克斯 马克 莱恩 布莱恩 史蒂文 埃里克'.split(' ')
const womenGiven =
  '雨桐 欣怡 诗涵 思琪 佳怡 晓雯 雅婷 静怡 婉清 可欣 语嫣 若曦 慧敏 丽娟 玉兰 美玲 海燕 雪梅 文静 梦瑶 安琪 佩珊 书瑶 念慈 听雨 知夏'.split(
    ' ',
  )
const menGiven =
  '浩然 子轩 宇航 俊杰 志强 建国 文博 天宇 明哲 立轩 嘉伟 海涛 志远 家豪 思远 泽宇 博文 鹏飞 一鸣 景行'.split(' ')
const children = '朵朵 豆豆 乐乐 果果 小宇 糯米 安安 团团 一诺 可可 圆圆 小满 元宝 阿福 米粒 壮壮'.split(' ')
const moods =
  '晚安月亮 一颗柠檬糖 南风知我意 半糖去冰 山有木兮 橘子汽水 云朵收藏家 慢慢来 且听风吟 夏天的风 小王子的玫瑰 不吃香菜 今日宜开心 海盐芝士 春风十里 薄荷微光 桃子乌龙 林深时见鹿 雨后初晴 三餐四季 栗子蛋糕 一只小鹿 青柠 梧桐更兼细雨 白开水 早睡冠军 暖阳 麦田守望 木子 清欢 向日葵 漫游 小确幸 知足常乐 静待花开 星辰大海 云卷云舒 岁月静好 平安喜乐 远山'.split(
    ' ',
  )

export interface Person {
  name: string
  gender: 0 | 1 | 2
}

/** A WeChat nickname as they are: western names, real names, somebody's mother, moods. No name twice. */
export function nickname(random: Random, taken: ReadonlySet<string>): Person {
  for (;;) {
    const person = draw(random)
    if (!taken.has(person.name)) return person
  }
}

function draw(random: Random): Person {
  const woman = random.chance(0.76)
  const gender = woman ? 2 : 1
  const kind = random.next()
  if (kind < 0.3) return { name: random.pick(woman ? womenWestern : menWestern) + random.pick(surnames), gender }
  if (kind < 0.62) return { name: random.pick(surnames) + random.pick(woman ? womenGiven : menGiven), gender }
  if (kind < 0.76) return { name: `${random.pick(children)}${woman ? '妈妈' : '爸爸'}`, gender }
  if (kind < 0.84) return { name: `${random.pick(['阿', '小'])}${random.pick(surnames)}`, gender }
  return { name: random.pick(moods), gender: random.chance(0.25) ? 0 : gender }
}
