import type { ShareOutcome } from '@zhanggui/shared/share.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ShareTable } from './shares.table.ts'

export type Share = NonNullable<Awaited<ReturnType<typeof findShare>>>

export interface NewShare {
  shareId: string
  token: string
  guideUserId: string
  requestId: string
  externalUserId: string
  kind: ShareTable['kind']
  ref: string
  title: string
  createdAt: Date
}

/** False: this request has its share already. While another transaction is making it, this waits for the outcome. */
export async function insertShare(db: Db, share: NewShare): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('share')
    .values(share)
    .onConflict((conflict) => conflict.columns(['guideUserId', 'requestId']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function setShareContent(db: Db, shareId: string, content: { ref: string; title: string }): Promise<void> {
  await db.updateTable('share').set(content).where('shareId', '=', shareId).execute()
}

/** A share with what its message is made of now. */
function sharesWithContent(db: Db) {
  return db
    .selectFrom('share')
    .leftJoin('coupon', (join) => join.on('share.kind', '=', 'coupon').onRef('coupon.code', '=', 'share.ref'))
    .leftJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('product', (join) => join.on('share.kind', '=', 'product').onRef('product.productId', '=', 'share.ref'))
    .selectAll('share')
    .select([
      'coupon.couponId',
      'coupon.token as couponToken',
      'coupon.validTo as couponValidTo',
      'template.kind as couponKind',
      'template.value as couponValue',
      'template.minimumSpend as couponMinimumSpend',
      'product.price as productPrice',
      'product.brand as productBrand',
      'product.imageUrl as productImageUrl',
    ])
}

export function findShare(db: Db, shareId: string) {
  return sharesWithContent(db).where('share.shareId', '=', shareId).executeTakeFirst()
}

export function findShareOfRequest(db: Db, guideUserId: string, requestId: string) {
  return sharesWithContent(db)
    .where('share.guideUserId', '=', guideUserId)
    .where('share.requestId', '=', requestId)
    .executeTakeFirst()
}

/** Whether another share of this code may have brought it into the chat. */
export async function isCodeSharedElsewhere(
  db: Db,
  { shareId, externalUserId, ref }: Pick<ShareTable, 'shareId' | 'externalUserId' | 'ref'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('share')
    .select('shareId')
    .where('externalUserId', '=', externalUserId)
    .where('kind', '=', 'coupon')
    .where('ref', '=', ref)
    .where('shareId', '<>', shareId)
    .where((where) =>
      where.or([where('outcome', 'is', null), where('outcome', 'not in', ['cancelled', 'refused', 'unsupported'])]),
    )
    .executeTakeFirst()
  return row !== undefined
}

/** The first answer stands, except that one heard late replaces "unknown". */
export async function setShareOutcome(
  db: Db,
  shareId: string,
  outcome: ShareOutcome['outcome'],
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('share')
    .set({ outcome, outcomeAt: at })
    .where('shareId', '=', shareId)
    .where((where) => where.or([where('outcome', 'is', null), where('outcome', '=', 'unknown')]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

export async function setShareWithdrawn(db: Db, shareId: string, at: Date): Promise<void> {
  await db.updateTable('share').set({ outcome: 'withdrawn', outcomeAt: at }).where('shareId', '=', shareId).execute()
}

/** Counts a visit of a product link and says where it leads. */
export async function countVisit(db: Db, token: string, at: Date) {
  return db
    .with('visit', (query) =>
      query
        .updateTable('share')
        .set({ visits: sql`visits + 1`, visitedAt: at })
        .where('token', '=', token)
        .where('kind', '=', 'product')
        .returning(['ref', 'guideUserId']),
    )
    .selectFrom('visit')
    .innerJoin('product', 'product.productId', 'visit.ref')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(visit.guide_user_id)`))
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .select([
      'product.name',
      'product.price',
      'product.brand',
      'product.imageUrl',
      'product.url',
      'guide.name as guideName',
      'store.name as storeName',
    ])
    .executeTakeFirst()
}
