import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { makeCouponCode, makeLinkToken } from './code.ts'
import {
  findCouponByCode,
  findUnusedCode,
  giveAgain,
  insertCoupon,
  lockTemplate,
  returnStock,
  takeStock,
  withdrawCoupon,
} from './issue.repository.ts'

export interface Issue {
  couponId: string
  externalUserId: string
  /** The guide; null: nobody in particular. */
  issuedBy: string | null
  /** Through what: sidebar, rule, or api: and the name of the key. */
  source: string
  now: Date
}

export interface Issued {
  code: string
  token: string
  title: string
  validTo: Date
}

/**
 * One coupon for one customer, inside the caller's transaction: a refusal takes nothing. A code of the same template
 * that never reached the chat is given again instead of a new one.
 */
export async function issueCoupon(trx: Transaction<Database>, issue: Issue): Promise<Issued> {
  const { couponId, externalUserId, issuedBy, source, now } = issue
  const template = await lockValidTemplate(trx, couponId, now)
  const unused = await findUnusedCode(trx, couponId, externalUserId, now)
  if (!unused) return insertNew(trx, template, issue, template.perCustomer)
  await giveAgain(trx, unused.code, { issuedBy, issuedAt: now, source })
  return { ...unused, title: template.title }
}

/** Always another code; `besides`: how many the customer has that do not count towards the limit. */
export async function issueNewCoupon(trx: Transaction<Database>, issue: Issue, besides: number): Promise<Issued> {
  const template = await lockValidTemplate(trx, issue.couponId, issue.now)
  return insertNew(trx, template, issue, template.perCustomer + besides)
}

async function lockValidTemplate(trx: Transaction<Database>, couponId: string, now: Date) {
  const template = await lockTemplate(trx, couponId)
  if (!template) throw new AppError('coupon_unknown')
  if (now < template.validFrom || now >= template.validTo) throw new AppError('coupon_not_valid')
  return template
}

async function insertNew(
  trx: Transaction<Database>,
  { title, validTo }: { title: string; validTo: Date },
  { couponId, externalUserId, issuedBy, source, now }: Issue,
  most: number,
): Promise<Issued> {
  const made = { code: makeCouponCode(), token: makeLinkToken(), validTo }
  const coupon = { ...made, couponId, externalUserId, issuedBy, issuedAt: now, source }
  if (!(await insertCoupon(trx, coupon, most))) throw new AppError('coupon_limit_reached')
  if (!(await takeStock(trx, couponId))) throw new AppError('coupon_out_of_stock')
  return { ...made, title }
}

/** Takes an unopened coupon back and returns it to the stock. The caller holds the template's lock. */
export async function takeBackCoupon(
  trx: Transaction<Database>,
  code: string,
  by: { at: Date; guideUserId: string },
): Promise<void> {
  const withdrawn = await withdrawCoupon(trx, code, by)
  if (withdrawn) return returnStock(trx, withdrawn.couponId)
  const coupon = await findCouponByCode(trx, code)
  if (!coupon?.withdrawnAt) throw new AppError('coupon_already_opened')
}
