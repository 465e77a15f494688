import type { ShareView } from '@zhanggui/shared/share.ts'
import { conditionWords, worthWords } from '../coupons/words.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { invitationUrl } from '../membership/invitations.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { formatUntil } from '../wording/days.ts'
import { formatFen } from '../wording/money.ts'
import { toShareView } from './message.ts'
import type { Share } from './shares.repository.ts'

type ViewDeps = Pick<Deps, 'config' | 'tokens'> & { db: Db }

/** What the page sends for a share; asked for again, the same. */
export async function viewShare(deps: ViewDeps, viewer: Viewer, share: Share): Promise<ShareView> {
  const { publicUrl } = deps.config
  const { shareId, title } = share
  const from = [viewer.storeName, viewer.name].filter(Boolean).join(' ')
  switch (share.kind) {
    case 'coupon':
      return toShareView({
        shareId,
        title: `送您一张${title}`,
        link: `${publicUrl}/c/${share.couponToken}`,
        desc: couponDesc(share),
        imgUrl: `${publicUrl}/pictures/coupon.png`,
      })
    case 'product':
      return toShareView({
        shareId,
        title,
        link: `${publicUrl}/s/${share.token}`,
        desc: [formatFen(share.productPrice ?? 0), share.productBrand, from].filter(Boolean).join(' · '),
        imgUrl: share.productImageUrl ?? `${publicUrl}/pictures/product.png`,
      })
    case 'invitation':
      return toShareView({
        shareId,
        title,
        link: await invitationUrl(deps, Number(share.ref)),
        desc: from ? `${from} 邀请您入会` : '会员专享积分和礼遇',
        imgUrl: `${publicUrl}/pictures/invitation.png`,
      })
  }
}

function couponDesc({ couponKind, couponValue, couponMinimumSpend, couponValidTo }: Share): string {
  if (!couponKind || couponValue === null || couponMinimumSpend === null || !couponValidTo) return '点开查看'
  const worth = { kind: couponKind, value: couponValue, minimumSpend: couponMinimumSpend }
  return `${worthWords(worth)},${conditionWords(worth)},${formatUntil(couponValidTo)} 前有效`
}
