import { nextRandom, pick, type Random } from './random.ts'

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const FEMALE =
  '雨桐 梓涵 欣怡 诗涵 思琪 佳怡 晓雯 雅婷 静怡 婉清 可欣 语嫣 若曦 芷若 慧敏 丽娟 秀英 玉兰 美玲 海燕 晓燕 雪梅 春燕 红梅 文静 子涵 梦瑶 艺馨 安琪 佩珊'.split(
    ' ',
  )
const MALE =
  '浩然 子轩 宇航 俊杰 志强 建国 文博 天宇 明哲 立轩 晨曦 嘉伟 国栋 海涛 志远 永康 家豪 思远 泽宇 博文 伟 强 磊 洋 勇 军 杰 涛 超 鹏'.split(
    ' ',
  )
const AVATAR_COLORS = ['#d98e7a', '#7fae9a', '#a58bc9', '#7d9bd2', '#c9a15c', '#6fa7b8', '#c98ba7', '#8a9a5b'] as const

export interface Person {
  name: string
  gender: 1 | 2
}

export function newPerson(random: Random): Person {
  const gender = nextRandom(random) < 0.3 ? 1 : 2
  const given = gender === 1 ? MALE : FEMALE
  return { name: chosen(random, SURNAMES, '王') + chosen(random, given, '晓'), gender }
}

export function avatarColor(random: Random): string {
  return pick(random, AVATAR_COLORS)
}

function chosen(random: Random, items: readonly string[], otherwise: string): string {
  return items[Math.floor(nextRandom(random) * items.length)] ?? otherwise
}
