import { type RawBuilder, sql } from 'kysely'
import type { Person } from './find-person.repository.ts'

/** Who is erased, under which name their rows go on. */
export interface Erasure {
  externalUserId: string
  pseudonym: string
  at: Date
}

/** A table that holds something of people: what is exported of it, and what erasing leaves. */
export interface PersonalTable {
  /** As the database spells it. */
  table: string
  /** What it is, for the reader of an export. */
  title: string
  /** Which rows `t` are the person's. */
  of(person: Person): RawBuilder<unknown>
  /**
   * `delete`; or what the columns become, for what must go on being counted: money, reports, the members of a group;
   * or `keep`, for what says that something was done about a person.
   */
  erase: 'delete' | 'keep' | ((erasure: Erasure) => RawBuilder<unknown>)
  /** Rows that are already as erasing leaves them, though they are still the person's. */
  bare?: RawBuilder<unknown>
  /** Columns that tell a person nothing: keys, hashes, and what names other people. */
  hide?: readonly string[]
}

const byId = ({ externalUserId }: Person) => sql`t.external_user_id = ${externalUserId}`
const renamed = ({ pseudonym }: Pick<Erasure, 'pseudonym'>) => sql`external_user_id = ${pseudonym}`

/** Of another system's text: the id as a word of its own. */
const mentions = (column: RawBuilder<unknown>, { externalUserId }: Person) =>
  sql`(position(${externalUserId} in ${column}) > 0 and ${column} ~ ${wholeWord(externalUserId)})`

function wholeWord(id: string): string {
  const edge = '[^A-Za-z0-9_.@-]'
  return `(^|${edge})${id.replace(/[^A-Za-z0-9_]/g, '\\$&')}(${edge}|$)`
}

/**
 * In the order in which they can be deleted. Whoever adds a table that knows people adds it here: a test looks for
 * those that are missing.
 */
export const personalTables: readonly PersonalTable[] = [
  { table: 'customer', title: '基本资料', of: byId, erase: 'delete' },
  { table: 'follow_relation', title: '导购和备注', of: byId, erase: 'delete', hide: ['phoneHashes'] },
  { table: 'follow_history', title: '加好友和删好友的经过', of: byId, erase: 'delete' },
  { table: 'follow_relation_tag', title: '企业标签', of: byId, erase: 'delete' },
  { table: 'follow_relation_own_tag', title: '导购自己的标签', of: byId, erase: 'delete' },
  { table: 'tag_write', title: '还没写回企业微信的标签', of: byId, erase: 'delete' },
  { table: 'owner_move', title: '归属变动', of: byId, erase: 'delete', hide: ['sourceKey'] },
  {
    table: 'handover',
    title: '点名的继承',
    of: ({ externalUserId }) => sql`${externalUserId} = any(t.customer_ids)`,
    erase: ({ externalUserId }) => sql`customer_ids = array_remove(customer_ids, ${externalUserId})`,
    hide: ['customerIds'],
  },
  {
    table: 'handover_customer',
    title: '继承',
    of: byId,
    erase: ({ pseudonym, at }) => sql`${renamed({ pseudonym })},
      reason = case when state in ('queued', 'waiting') then 'erased' else reason end,
      ended_at = case when state in ('queued', 'waiting') then ${at}::timestamptz else ended_at end,
      state = case when state in ('queued', 'waiting') then 'failed' else state end`,
  },
  {
    table: 'phone_verification',
    title: '手机验证',
    of: ({ invitationIds }) => sql`t.invitation_id = any(${invitationIds}::bigint[])`,
    erase: 'delete',
    hide: ['phoneHash', 'codeHash'],
  },
  { table: 'invitation', title: '入会邀请', of: byId, erase: 'delete' },
  { table: 'consent', title: '授权', of: byId, erase: 'delete' },
  {
    table: 'sales_order_revision',
    title: '订单的每一次来单',
    of: ({ orderIds }) => sql`t.order_id = any(${orderIds}::text[])`,
    erase: ({ pseudonym }) => sql`
      record = record - 'customer' || jsonb_build_object('customer', jsonb_build_object('externalUserId', ${pseudonym}::text))`,
  },
  {
    table: 'sales_order_line',
    title: '订单明细',
    of: ({ orderIds }) => sql`t.order_id = any(${orderIds}::text[])`,
    erase: 'keep',
  },
  { table: 'order_attribution', title: '订单算给哪位导购', of: byId, erase: renamed },
  {
    table: 'sales_order',
    title: '订单',
    of: ({ orderIds }) => sql`t.order_id = any(${orderIds}::text[])`,
    erase: ({ pseudonym }) => sql`${renamed({ pseudonym })}, member_no = null, union_id = null, phone_hash = null`,
    hide: ['phoneHash', 'digest'],
  },
  {
    table: 'sales_fact',
    title: '订单在报表里',
    of: ({ orderIds }) => sql`t.source = 'order' and t.source_id = any(${orderIds}::text[])`,
    // As the order itself will be counted then.
    erase: ({ pseudonym }) => sql`buyer = 'c:' || ${pseudonym}`,
    hide: ['buyer'],
  },
  {
    table: 'sales_refund_revision',
    title: '退款的每一次来单',
    of: ({ refundIds }) => sql`t.refund_id = any(${refundIds}::text[])`,
    erase: ({ pseudonym }) => sql`
      record = record - 'customer' || jsonb_build_object('customer', jsonb_build_object('externalUserId', ${pseudonym}::text))`,
  },
  {
    table: 'sales_refund_line',
    title: '退款明细',
    of: ({ refundIds }) => sql`t.refund_id = any(${refundIds}::text[])`,
    erase: 'keep',
  },
  {
    table: 'sales_refund',
    title: '退款',
    of: ({ refundIds }) => sql`t.refund_id = any(${refundIds}::text[])`,
    erase: ({ pseudonym }) => sql`${renamed({ pseudonym })}, member_no = null, union_id = null, phone_hash = null`,
    hide: ['phoneHash', 'digest'],
  },
  {
    table: 'identity_decision',
    title: '认人的裁定',
    of: byId,
    erase: 'delete',
    // A phone's value is its hash, and the other claimants are other people.
    hide: ['value', 'claimants'],
  },
  {
    table: 'former_member_no',
    title: '用过的会员号',
    of: ({ memberNos }) => sql`t.former_no = any(${memberNos}::text[])`,
    erase: 'delete',
  },
  {
    table: 'member',
    title: '会员',
    of: ({ memberNos }) => sql`t.member_no = any(${memberNos}::text[])`,
    erase: 'delete',
    hide: ['phoneHash'],
  },
  {
    table: 'coupon_event',
    title: '优惠券的经过',
    of: ({ externalUserId }) => sql`t.code in (select code from coupon where external_user_id = ${externalUserId})`,
    erase: 'keep',
    hide: ['requestId'],
  },
  {
    table: 'benefit_grant',
    title: '会员权益的发放',
    of: byId,
    erase: ({ pseudonym, at }) =>
      sql`${renamed({ pseudonym })}, member_no = ${pseudonym}, until = least(until, ${at}::timestamptz)`,
  },
  { table: 'tier_standing', title: '会员等级', of: byId, erase: 'delete' },
  { table: 'tier_move', title: '会员等级的变动', of: byId, erase: renamed },
  {
    table: 'tier_due',
    title: '等着重算的会员等级',
    of: ({ externalUserId, memberNos }) =>
      sql`(t.external_user_id = ${externalUserId} or t.member_no = any(${memberNos}::text[]))`,
    erase: 'delete',
  },
  { table: 'coupon', title: '优惠券', of: byId, erase: renamed },
  { table: 'share', title: '导购发过的内容', of: byId, erase: renamed },
  { table: 'guide_action', title: '导购看过和做过什么', of: byId, erase: renamed },
  {
    table: 'welcome',
    title: '欢迎语',
    of: byId,
    erase: ({ pseudonym }) => sql`${renamed({ pseudonym })}, claim_key = 'erased ' || welcome_id`,
    hide: ['claimKey'],
  },
  { table: 'channel_arrival', title: '从哪个渠道来', of: byId, erase: renamed },
  {
    table: 'channel_visit',
    title: '打开获客链接的经过',
    of: ({ externalUserId }) => sql`t.subject = ${externalUserId}`,
    erase: ({ pseudonym }) => sql`subject = ${pseudonym}`,
  },
  {
    table: 'group_membership',
    title: '所在的群',
    of: ({ externalUserId }) => sql`t.member_id = ${externalUserId}`,
    // Who is in a group now is in WeCom's list of it as well, by id.
    erase: ({ pseudonym }) => sql`name = null, nickname = null, union_id = null,
      member_id = case when left_at is null then member_id else ${pseudonym} end`,
    bare: sql`t.left_at is null and num_nonnulls(t.name, t.nickname, t.union_id) = 0`,
  },
  {
    table: 'group_movement',
    title: '进群退群的通知',
    of: ({ externalUserId }) => sql`t.member_id = ${externalUserId}`,
    erase: ({ pseudonym }) => sql`member_id = ${pseudonym}`,
  },
  {
    table: 'callback_inbox',
    title: '企业微信的通知',
    of: (person) => mentions(sql`t.xml`, person),
    // The digest still tells a redelivery.
    erase: () => sql`xml = ''`,
    hide: ['digest', 'xml'],
  },
  {
    table: 'failed_job',
    title: '没有办成的后台任务',
    of: (person) => mentions(sql`t.payload::text`, person),
    erase: 'delete',
    hide: ['payload'],
  },
  {
    table: 'remembered_answer',
    title: '给其他系统的答复',
    of: (person) => mentions(sql`t.body::text`, person),
    erase: 'delete',
    bare: sql`t.body ? 'erasedAt'`,
    hide: ['apiKey', 'key', 'requestDigest', 'body'],
  },
  {
    table: 'audit_entry',
    title: '查看、导出和裁定的记录',
    of: ({ externalUserId }) => sql`t.subject = ${externalUserId}`,
    erase: 'keep',
  },
  { table: 'erased_customer', title: '删除记录', of: byId, erase: 'keep' },
]

/** Jobs that wait; their queue is graphile-worker's own. */
export const waitingJobs: Pick<PersonalTable, 'of'> & { table: RawBuilder<unknown> } = {
  table: sql`graphile_worker._private_jobs`,
  of: (person) => sql`t.locked_at is null and ${mentions(sql`t.payload::text`, person)}`,
}
