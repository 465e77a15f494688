import type { ProductView } from '@zhanggui/shared/product.ts'

/** With spaces that do not break: 本店 3 件, 本店 0 · 附近 2, 暂时没货 */
export function stockWords({ here, elsewhere }: ProductView['stock']): string {
  if (here > 0) return `本店\u00a0${here}\u00a0件`
  return elsewhere > 0 ? `本店\u00a00 · 附近\u00a0${elsewhere}` : '暂时没货'
}
