import { type Html, html } from '../pages/html.ts'
import { type Host, hostHeader, page } from '../pages/layout.ts'
import { printMemberNo } from './member-no.ts'

interface Card {
  host: Host
  memberNo: string
  tier: string | null
  points: number | null
  /** Whether it was made a moment ago. */
  isNew: boolean
}

/** The card alone: no name and no phone, because a link can be passed on. */
export function memberCardPage({ host, memberNo, tier, points, isNew }: Card): Html {
  return page({
    title: '会员卡',
    body: html`${hostHeader(host)}
<section class="lead"><h1>${isNew ? '欢迎您,卡已经开好了' : '您已经是会员了'}</h1>
<p>到店报会员号就行,积分和优惠都记在卡上。</p></section>
<section class="member" aria-label="会员卡"><div class="row"><h2>会员卡</h2><span>${tier ?? '会员'}</span></div>
<div><p class="small">会员号</p><strong>${printMemberNo(memberNo)}</strong></div>
${points !== null && html`<p class="small">积分 ${points.toLocaleString('en-US')}</p>`}</section>
<p class="small">有想看的款、要预留或售后,回到聊天里直接告诉${host.name ?? '您的导购'}。</p>`,
  })
}
