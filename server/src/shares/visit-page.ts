import { type Html, html } from '../pages/html.ts'
import { type Host, hostHeader, noticePage, page } from '../pages/layout.ts'
import { formatFen } from '../wording/money.ts'

interface Product {
  host: Host
  name: string
  /** Fen. */
  price: number
  brand: string | null
  picture: string
}

/** For a product that is sold nowhere online. */
export function productPage({ host, name, price, brand, picture }: Product): Html {
  return page({
    title: name,
    body: html`${hostHeader(host)}
<img class="picture" src="${picture}" alt="">
<section class="card"><div class="lead"><p class="price">${formatFen(price)}</p><h1>${name}</h1>${brand ? html`<p>${brand}</p>` : ''}</div>
<p class="small">想试、想留、想问尺寸,回到聊天里告诉${host.name ?? '您的导购'}。</p></section>`,
  })
}

export function unknownSharePage(): Html {
  return noticePage({
    title: '没有找到这件商品',
    says: '链接可能没有复制完整。请回到聊天里重新点开,或请您的导购再发一次。',
  })
}
