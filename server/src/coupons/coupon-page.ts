import QRCode from 'qrcode'
import { type Html, html, trustedHtml } from '../pages/html.ts'
import { type Host, hostHeader, noticePage, page } from '../pages/layout.ts'
import { formatDay, formatMinute, formatUntil } from '../wording/days.ts'
import { printCouponCode } from './code.ts'
import { conditionWords, redeemWords, usageWords, validityWords, type Worth, worthWords } from './words.ts'

export type PageState = 'usable' | 'not_yet' | 'redeemed' | 'expired'

interface CouponPage extends Worth {
  host: Host
  token: string
  title: string
  code: string
  state: PageState
  validFrom: Date
  validTo: Date
  redeemAt: 'store' | 'mall' | 'both'
  storeNames: readonly string[]
  claimedAt: Date | null
  redeemedAt: Date | null
  redeemedStoreId: string | null
  redeemedStoreName: string | null
}

/** What the customer shows at the till: the worth, the code, the terms. A used or lapsed one shows no code. */
export async function couponPage(coupon: CouponPage): Promise<Html> {
  const { host, title, redeemAt, storeNames } = coupon
  const [from, until] = validityWords(coupon.validFrom, coupon.validTo)
  const over = overWords(coupon)
  return page({
    title,
    body: html`${hostHeader(host)}
<section class="card ticket"><div class="${over ? 'worth spent' : 'worth'}"><strong>${worthWords(coupon)}</strong><p>${conditionWords(coupon)}</p><h1>${title}</h1></div>
${over ? html`<div class="code"><p>${over}</p></div>` : await codeBlock(coupon)}
<div class="rest"><dl><dt>有效期</dt><dd><span class="keep">${from}</span> 至 <span class="keep">${until}</span></dd>
<dt>在哪儿用</dt><dd>${redeemWords(redeemAt, storeNames)}</dd>
<dt>怎么用</dt><dd>${usageWords[redeemAt]}。用一次即止,不找零、不兑现,仅限本人使用。</dd></dl></div></section>
${over ? html`<p class="small">想要新的优惠,回到聊天里问${host.name ?? '您的导购'}。</p>` : keepForm(coupon)}`,
  })
}

/** What became of a coupon that cannot be used any more, with when and where. */
function overWords({ state, redeemedAt, redeemedStoreId, redeemedStoreName, validTo }: CouponPage): string | undefined {
  if (state === 'expired') return `${formatUntil(validTo)} 已过期,不能再用了`
  if (!redeemedAt) return undefined
  const place = redeemedStoreName ?? (redeemedStoreId === null ? '线上商城' : '门店')
  return `${formatMinute(redeemedAt)} 已在${place}使用`
}

function keepForm({ token, claimedAt, host }: CouponPage): Html {
  if (claimedAt) return html`<p class="small">已收下。快到期时,可以回到聊天里问${host.name ?? '您的导购'}。</p>`
  return html`<form method="post" action="/c/${token}"><button class="button">收下这张券</button></form>`
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
