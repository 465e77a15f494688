import type { ChannelKind, ChannelSource, ChannelView } from '@zhanggui/shared/channel.ts'

export const kinds: Record<ChannelKind, string> = {
  guide: '一位导购',
  guides: '几位导购',
  store: '门店',
  link: '获客链接',
}
export const sources: Record<ChannelSource, string> = { guide: '导购', coupon: '优惠券', live: '直播', public: '公域' }

interface Named {
  userId: string
  name?: string
}

export const nameOf = ({ userId, name }: Named): string => name ?? userId

/** 万象城专柜 · 林晓, 周敏 等 4 人 */
export function behindWords({ guides, stores }: Pick<ChannelView, 'guides' | 'stores'>): string {
  const names = guides.map(nameOf)
  const people = names.length > 2 ? `${names.slice(0, 2).join('、')} 等 ${names.length} 人` : names.join('、')
  const places = stores.map(({ storeId, name }) => name ?? storeId)
  const shops = places.length > 1 ? `${places[0]} 等 ${places.length} 家店` : (places[0] ?? '')
  return [shops, people].filter(Boolean).join(' · ')
}

/** Who is given the next friend; nothing to say where it is always the same ones. */
export function nextWords({ kind, guides, next }: Pick<ChannelView, 'kind' | 'guides' | 'next'>): string | undefined {
  if (kind === 'guide' || next.length === 0 || next.length === guides.length) return undefined
  const names = next.map(nameOf)
  return names.length > 3 ? `轮到 ${names.slice(0, 2).join('、')} 等 ${names.length} 人` : `轮到 ${names.join('、')}`
}

export function statusWords({ status }: Pick<ChannelView, 'status'>): string | undefined {
  return { creating: '正在要码', live: undefined, failed: '没做成', retired: '已停用' }[status]
}

/** 今天 +3,走 1 */
export function todayWords({ added, lost }: ChannelView['today']): string {
  if (added === 0 && lost === 0) return '今天 0'
  return lost > 0 ? `今天 +${added},走 ${lost}` : `今天 +${added}`
}
