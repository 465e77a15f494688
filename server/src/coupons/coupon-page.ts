import QRCode from 'qrcode'
import { type Html, html, trustedHtml } from '../pages/html.ts'
import { type Host, hostHeader, noticePage, page } from '../pages/layout.ts'
import { formatDay } from '../wording/days.ts'
import { printCouponCode } from './code.ts'
import { conditionWords, redeemWords, usageWords, validityWords, type Worth, worthWords } from './words.ts'

interface CouponPage extends Worth {
  host: Host
  title: string
  code: string
  state: 'usable' | 'not_yet' | 'expired'
  validFrom: Date
  validTo: Date
  redeemAt: 'store' | 'mall' | 'both'
  storeNames: readonly string[]
}

/** What the customer shows at the till: the worth, the code, the terms. A lapsed one shows no code. */
export async function couponPage(coupon: CouponPage): Promise<Html> {
  const { host, title, state, redeemAt, storeNames } = coupon
  const [from, until] = validityWords(coupon.validFrom, coupon.validTo)
  return page({
    title,
    body: html`${hostHeader(host)}
<section class="card ticket"><div class="${state === 'expired' ? 'worth spent' : 'worth'}"><strong>${worthWords(coupon)}</strong><p>${conditionWords(coupon)}</p><h1>${title}</h1></div>
${state === 'expired' ? html`<div class="code"><p>已过期,不能再用了</p></div>` : await codeBlock(coupon)}
<div class="rest"><dl><dt>有效期</dt><dd><span class="keep">${from}</span> 至 <span class="keep">${until}</span></dd>
<dt>在哪儿用</dt><dd>${redeemWords(redeemAt, storeNames)}</dd>
<dt>怎么用</dt><dd>${usageWords[redeemAt]}。用一次即止,不找零、不兑现,仅限本人使用。</dd></dl></div></section>
${state === 'expired' && html`<p class="small">想要新的优惠,回到聊天里问${host.name ?? '您的导购'}。</p>`}`,
  })
}

async function codeBlock({ code, state, validFrom, redeemAt }: CouponPage): Promise<Html> {
  const svg = await QRCode.toString(code, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })
  return html`<div class="code"><div role="img" aria-label="券码的二维码">${trustedHtml(svg)}</div>
<strong>${printCouponCode(code)}</strong>
<p class="small">${state === 'not_yet' ? `${formatDay(validFrom)}起可用` : redeemAt === 'mall' ? '下单时填这个码就行' : '给店员看这个码就行'}</p></div>`
}

export function withdrawnCouponPage(host: Host): Html {
  return noticePage({
    title: '这张券已撤回',
    says: `发券的时候可能弄错了。回到聊天里问${host.name ?? '您的导购'}就好。`,
    host,
  })
}

export function unknownCouponPage(): Html {
  return noticePage({
    title: '没有找到这张券',
    says: '链接可能没有复制完整。请回到聊天里重新点开,或请您的导购再发一次。',
  })
}
