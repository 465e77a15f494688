import type { ProductView } from '@zhanggui/shared/product.ts'

/** 本店 3 件, 本店 0 · 附近 2, 暂时没货 */
export function stockWords({ here, elsewhere }: ProductView['stock']): string {
  if (here > 0) return `本店 ${here} 件`
  return elsewhere > 0 ? `本店 0 · 附近 ${elsewhere}` : '暂时没货'
}
