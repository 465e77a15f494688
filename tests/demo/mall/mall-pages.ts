import { counters, findCounter, MALL, storeName } from '../data/counters.ts'
import { type Product, products, productsOf } from '../data/products.ts'
import { escapeXml } from '../pictures/product-picture.ts'
import { mallStyle } from './mall-style.ts'

const NEIGHBOURS = 6

/** Where a shared product leads: what it is, what it costs, where it is. */
export function productPage(product: Product): string {
  const counter = findCounter(product.storeId)
  const others = productsOf(product.storeId).filter((other) => other !== product)
  return page(
    product.name,
    `<img class="hero" src="/pictures/${product.productId}.svg" alt="${escapeXml(product.name)}">
    <main>
      <p class="brand">${counter.brand} · ${escapeXml(product.category)}</p>
      <h1>${escapeXml(product.name)}</h1>
      <p class="price">${yuan(product.price)}</p>
      <ul class="facts">
        <li>${MALL} ${counter.floor},${storeName(counter)}</li>
        <li>七天可退换,凭小票或会员码</li>
        <li>想预留或试用,直接回复发给您链接的导购</li>
      </ul>
      <h2>同柜还有</h2>
      <div class="shelf">${others.slice(0, NEIGHBOURS).map(tile).join('')}</div>
    </main>`,
  )
}

export function mallPage(): string {
  const newest = counters.flatMap(({ storeId }) => productsOf(storeId).slice(0, 2))
  return page(
    `${MALL}新品`,
    `<header><h1>${MALL}</h1><p>${counters.length} 个专柜,${products.length} 件好物</p></header>
    <main><div class="shelf">${newest.map(tile).join('')}</div></main>`,
  )
}

export function missingPage(): string {
  return page('没有这件商品', `<header><h1>没有这件商品</h1><p>可能已经下架,问问导购有没有同款</p></header>`)
}

function tile(product: Product): string {
  return `<a href="/p/${product.productId}"><img loading="lazy" src="/pictures/${product.productId}.svg" alt="">
    <span>${escapeXml(product.name)}</span><em>${yuan(product.price)}</em></a>`
}

function yuan(fen: number): string {
  return `¥${(fen / 100).toLocaleString('zh-CN')}`
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <title>${escapeXml(title)}</title><style>${mallStyle}</style></head><body>${body}</body></html>`
}
