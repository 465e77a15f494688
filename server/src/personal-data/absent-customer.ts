import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'

/** Why a customer cannot be found: erased and not back since, or else whatever the caller would say. */
export async function absentCustomer(db: Db, externalUserId: string, otherwise: AppError): Promise<AppError> {
  const erased = await db
    .selectFrom('erasedCustomer')
    .leftJoin('customer', 'customer.externalUserId', 'erasedCustomer.externalUserId')
    .select('customer.externalUserId as back')
    .where('erasedCustomer.externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return erased && erased.back === null ? new AppError('customer_erased') : otherwise
}
