/** A column that holds userids and is part of a key: a row may already stand under the new userid. */
interface KeyedColumn {
  table: string
  column: string
  /** SQL: `old` and `newer`, two rows of the table, are the same but for the userid. */
  same: string
  /** Of two such rows the newer userid's stands; the other is dropped, or stays where links to it are in the world. */
  other: 'dropped' | 'stays'
  /** Userids stand there in lower case. */
  folded?: true
}

const customer = 'newer.external_user_id = old.external_user_id'

/** In this order: a relation follows when its history is there, so that whoever reads it meanwhile reads it whole. */
export const keyedColumns: readonly KeyedColumn[] = [
  {
    table: 'follow_history',
    column: 'guide_user_id',
    same: `${customer} and newer.what = old.what and newer.at = old.at`,
    other: 'dropped',
  },
  {
    table: 'follow_relation_tag',
    column: 'guide_user_id',
    same: `${customer} and newer.tag_id = old.tag_id`,
    other: 'dropped',
  },
  {
    table: 'follow_relation_own_tag',
    column: 'guide_user_id',
    same: `${customer} and newer.name = old.name`,
    other: 'dropped',
  },
  { table: 'follow_relation', column: 'guide_user_id', same: customer, other: 'dropped' },
  { table: 'invitation', column: 'guide_user_id', same: customer, other: 'stays' },
  { table: 'share', column: 'guide_user_id', same: 'newer.request_id = old.request_id', other: 'stays' },
  {
    table: 'tag_write',
    column: 'guide_user_id',
    same: `${customer} and newer.tag_id = old.tag_id`,
    other: 'dropped',
  },
  { table: 'tag_use', column: 'guide_user_id', same: 'newer.tag_id = old.tag_id', other: 'dropped' },
  {
    table: 'channel_arrival',
    column: 'guide_user_id',
    same: `${customer} and newer.channel_id = old.channel_id`,
    other: 'dropped',
  },
  { table: 'guide_duty', column: 'user_id', same: 'true', other: 'dropped', folded: true },
  { table: 'group_admin', column: 'user_id', same: 'newer.chat_id = old.chat_id', other: 'dropped' },
  {
    table: 'group_membership',
    column: 'member_id',
    same: `newer.chat_id = old.chat_id
      and (newer.joined_at = old.joined_at or newer.left_at is null and old.left_at is null)`,
    other: 'dropped',
  },
  {
    table: 'group_movement',
    column: 'member_id',
    same: 'newer.chat_id = old.chat_id and newer.what = old.what and newer.at = old.at',
    other: 'dropped',
  },
]

/** Columns that hold a userid and are no key. */
export const plainColumns: readonly (readonly [table: string, column: string])[] = [
  ['customer', 'owner_user_id'],
  ['follow_relation', 'oper_user_id'],
  ['owner_move', 'from_user_id'],
  ['owner_move', 'to_user_id'],
  ['owner_move', 'moved_by'],
  ['welcome', 'guide_user_id'],
  ['coupon', 'issued_by'],
  ['coupon', 'redeemed_by'],
  ['coupon_event', 'guide_user_id'],
  ['sales_order', 'sales_guide_id'],
  ['sales_order', 'service_guide_id'],
  ['order_attribution', 'owner_guide_id'],
  ['order_attribution', 'sharer_guide_id'],
  ['order_attribution', 'till_sales_guide_id'],
  ['order_attribution', 'till_service_guide_id'],
  ['order_attribution', 'redeemer_guide_id'],
  ['order_attribution', 'sales_guide_id'],
  ['order_attribution', 'service_guide_id'],
  ['order_attribution', 'corrected_by'],
  ['commission_entry', 'guide_user_id'],
  ['guide_action', 'guide_user_id'],
  ['handover', 'from_user_id'],
  ['handover', 'to_user_id'],
  ['customer_group', 'owner_user_id'],
  ['group_membership', 'invited_by'],
]

/** Columns that hold a list of userids. */
export const listColumns: readonly (readonly [table: string, column: string])[] = [['channel', 'guide_ids']]
