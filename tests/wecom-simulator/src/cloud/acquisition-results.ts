import { quotaBalance } from '../world/acquisition.ts'
import { seconds } from '../world/add.ts'
import { findRelation } from '../world/find.ts'
import { requireLink } from './acquisition-links.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf } from './paging.ts'
import { findInteger, findText, getText } from './parameters.ts'

/** doc 97298 */
const ROWS_PER_PAGE = 1000
const DAY_S = 86_400
const SHANGHAI_S = 8 * 3600
const LONGEST_DAYS = 30
const OLDEST_DAYS = 180
/** doc 100130 */
const CHAT_KEY_LIFETIME_S = 30 * 60
const SILENT = 0
const HAS_WRITTEN = 1
const UNKNOWN = 2

export function listLinkCustomers({ context, body }: Call) {
  const { world } = context
  const link = requireLink(world, body)
  const limit = findInteger(body, 'limit') ?? ROWS_PER_PAGE
  if (limit < 1 || limit > ROWS_PER_PAGE) throw new WeComError(40058, 'limit is illegal')
  const page = pageOf(link.friends, findText(body, 'cursor'), limit)
  return {
    customer_list: page.rows.map(({ guide, customer, channel }) => {
      const written = findRelation(world, guide, customer)?.link?.messages
      return {
        external_userid: customer,
        userid: guide,
        chat_status: written === undefined ? UNKNOWN : written > 0 ? HAS_WRITTEN : SILENT,
        state: channel,
      }
    }),
    next_cursor: page.next,
  }
}

/** Whole days of Shanghai, both ends included. */
export function getLinkStatistic({ context, body, now }: Call) {
  const link = requireLink(context.world, body)
  const from = requireMidnight(findInteger(body, 'start_time'), 'start_time')
  const to = requireMidnight(findInteger(body, 'end_time'), 'end_time')
  const tooOld = seconds(now) - from > (OLDEST_DAYS + 1) * DAY_S
  if (to < from || to - from > LONGEST_DAYS * DAY_S || tooOld) throw new WeComError(40058, 'time range is illegal')
  const within = (at: number) => at >= from && at < to + DAY_S
  return {
    click_link_customer_cnt: link.clicks.filter(within).length,
    new_customer_cnt: link.friends.filter(({ at }) => within(at)).length,
  }
}

/** doc 97375 */
export function getQuota({ context, now }: Call) {
  const { acquisitionQuota } = context.world
  const live = acquisitionQuota.parts.filter(({ expiresAt }) => expiresAt > seconds(now))
  return {
    total: acquisitionQuota.total,
    balance: quotaBalance(acquisitionQuota, now),
    quota_list: live.map(({ expiresAt, balance }) => ({ expire_date: expiresAt, balance })),
  }
}

export function getChatInfo({ context, body, now }: Call) {
  const { world } = context
  const known = world.chatKeys.get(getText(body, 'chat_key'))
  const relation = known && findRelation(world, known.guide, known.customer)
  if (!known || !relation?.link || seconds(now) - known.issuedAt > CHAT_KEY_LIFETIME_S) {
    throw new WeComError(41201, 'invalid chat_key')
  }
  return {
    userid: relation.guide,
    external_userid: relation.customer,
    chat_info: {
      recv_msg_cnt: relation.link.messages,
      link_id: relation.link.linkId,
      state: relation.channelState,
    },
  }
}

function requireMidnight(time: number | undefined, name: string): number {
  if (time === undefined) throw new WeComError(40063, `${name} is missing`)
  if ((time + SHANGHAI_S) % DAY_S !== 0) throw new WeComError(40058, `${name} is not the begin of a day`)
  return time
}
