import type { ShareView } from '@zhanggui/shared/share.ts'
import { cutToBytes } from '../wording/bytes.ts'

/** WeCom's limits for a link card, in bytes (doc 92137); the chat's own are not documented. */
const TITLE_BYTES = 128
const DESC_BYTES = 512

/** The card for `ww.sendChatMessage`. Some desktop clients refuse one without a picture or a description. */
export function toShareView(share: {
  shareId: string
  title: string
  link: string
  desc: string
  imgUrl: string
}): ShareView {
  const { shareId, title, link, desc, imgUrl } = share
  return {
    shareId,
    title,
    link,
    message: {
      msgtype: 'news',
      news: { link, title: cutToBytes(title, TITLE_BYTES), desc: cutToBytes(desc, DESC_BYTES), imgUrl },
    },
  }
}
