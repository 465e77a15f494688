import type { CustomerIds } from '@zhanggui/shared/order.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import { prepareCustomer } from '../orders/prepare-customer.ts'
import { type Issue, type Issued, issueCoupon } from './issue.ts'
import { findCustomerOfIds } from './issue-by-ids.repository.ts'

type IssueByIds = Omit<Issue, 'externalUserId'> & { customer: CustomerIds }

/** Issues to whoever the ids mean, by the rules by which orders find their customer. */
export async function issueByIds(
  tx: Transaction<Database>,
  { customer, ...issue }: IssueByIds,
  { cipher }: Pick<Deps, 'cipher'>,
): Promise<Issued> {
  const meant = await findCustomerOfIds(tx, keepIds(customer, cipher))
  if (!meant?.externalUserId) throw new AppError('customer_unknown')
  if (meant.erased) throw new AppError('customer_erased')
  const { externalUserId } = meant
  return issueCoupon(tx, { ...issue, externalUserId })
}

function keepIds(customer: CustomerIds, cipher: Deps['cipher']) {
  try {
    return prepareCustomer(customer, cipher)
  } catch (error) {
    if (error instanceof RecordFault) throw new AppError('validation_failed', { detail: error.fault.detail })
    throw error
  }
}
