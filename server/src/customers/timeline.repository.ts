import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Every start and end, oldest first: the reader folds repeated tellings of one start. */
export function listFollowEvents(db: Db, externalUserId: string) {
  return db
    .selectFrom('followHistory as history')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(history.guide_user_id)`))
    .select(['history.guideUserId', 'guide.name as guideName', 'history.what', 'history.at', 'history.endedBy'])
    .where('history.externalUserId', '=', externalUserId)
    .orderBy('history.at')
    .execute()
}

export function listWelcomes(db: Db, externalUserId: string, limit: number) {
  return db
    .selectFrom('welcome')
    .select(['guideUserId', 'outcome', 'errcode', 'finishedAt', 'latencyMs'])
    .where('externalUserId', '=', externalUserId)
    .where('outcome', 'is not', null)
    .orderBy('eventAt', 'desc')
    .limit(limit)
    .execute()
}

export function listInvitations(db: Db, externalUserId: string) {
  return db
    .selectFrom('invitation')
    .select(['guideUserId', 'invitedAt', 'openedAt', 'enrolledAt'])
    .where('externalUserId', '=', externalUserId)
    .execute()
}

/** What may have reached the chat. A coupon's opening is told by the coupon, a product's by its visits. */
export function listSharesAndVisits(db: Db, externalUserId: string, limit: number) {
  return db
    .selectFrom('share')
    .leftJoin('coupon', (join) => join.onRef('coupon.code', '=', 'share.ref').on('share.kind', '=', 'coupon'))
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(share.guide_user_id)`))
    .select([
      'share.guideUserId',
      'guide.name as guideName',
      'share.kind',
      'share.title',
      'share.createdAt',
      'share.outcome',
      'share.visits',
      'share.visitedAt',
      'coupon.openedAt as couponOpenedAt',
    ])
    .where('share.externalUserId', '=', externalUserId)
    .where('share.kind', '<>', 'invitation')
    .where((where) =>
      where.or([
        where('share.outcome', 'is', null),
        where('share.outcome', 'not in', ['cancelled', 'refused', 'unsupported']),
      ]),
    )
    .orderBy('share.createdAt', 'desc')
    .limit(limit)
    .execute()
}

/** What became of a customer's coupons. Giving and opening one that was sent in the chat is told by its share. */
export function listCouponEvents(db: Db, externalUserId: string, limit: number) {
  return db
    .selectFrom('coupon')
    .innerJoin('couponEvent as event', 'event.code', 'coupon.code')
    .innerJoin('couponTemplate as template', 'template.couponId', 'coupon.couponId')
    .leftJoin('store', 'store.storeId', 'event.storeId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(event.guide_user_id)`))
    .select([
      'event.what',
      'event.at',
      'event.reason',
      'event.guideUserId',
      'guide.name as guideName',
      'store.name as storeName',
      'template.title',
    ])
    .where('coupon.externalUserId', '=', externalUserId)
    .where('event.what', '<>', 'withdrawn')
    .where((where) =>
      where.or([
        where('event.what', 'in', ['claimed', 'redeemed', 'undone']),
        where.not(
          where.exists(
            where
              .selectFrom('share')
              .select('share.ref')
              .where('share.kind', '=', 'coupon')
              .where('share.externalUserId', '=', externalUserId)
              .whereRef('share.ref', '=', 'coupon.code'),
          ),
        ),
      ]),
    )
    .orderBy('event.at', 'desc')
    .orderBy('event.couponEventId', 'desc')
    .limit(limit)
    .execute()
}
