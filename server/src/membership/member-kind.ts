import { MemberRecord } from '@zhanggui/shared/records.ts'
import type { Deps } from '../deps.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import { type CrmMember, listWithTakenCustomer, markEnrolled, upsertMembers } from './crm-members.repository.ts'
import { normalizePhone } from './phone.ts'
import { listFormerNumbers, takeOverNumbers } from './take-over-number.repository.ts'

const alreadyMember = {
  code: 'customer_already_member',
  detail: '/externalUserId is the customer of another member',
}
const erased = {
  code: 'customer_erased',
  detail: '/externalUserId is of a customer whose personal data was erased',
}
const numberReplaced = {
  code: 'member_no_replaced',
  detail: '/memberNo is a former number: another one took over',
}

export function memberKind({
  cipher,
  clock,
}: Pick<Deps, 'cipher' | 'clock'>): RecordKind<typeof MemberRecord, Keyed<CrmMember>> {
  return {
    name: 'members',
    schema: MemberRecord,
    idField: 'memberNo',
    prepare({ memberNo, externalUserId, unionId, phone, name, birthday, tier, points, storedValue, joinedAt }) {
      const normal = phone === undefined ? undefined : normalizePhone(phone)
      if (phone !== undefined && normal === undefined)
        throw new RecordFault('invalid_phone', '/phone must be a mainland mobile number, or + and country code')
      return {
        key: memberNo,
        memberNo,
        externalUserId: externalUserId ?? null,
        unionId: unionId ?? null,
        phoneHash: normal === undefined ? null : cipher.hash(normal),
        phoneSealed: normal === undefined ? null : cipher.seal(normal).toString('hex'),
        name: name ?? null,
        birthday: birthday ?? null,
        tier: tier ?? null,
        points: points ?? null,
        storedValue: storedValue ?? null,
        joinedAt: joinedAt ?? null,
      }
    },
    async write(db, members) {
      const now = clock.now()
      const former = await listFormerNumbers(
        db,
        members.map(({ key }) => key),
      )
      const present = members.filter(({ key }) => !former.has(key))
      await takeOverNumbers(db, present, now)
      const taken = await listWithTakenCustomer(db, present)
      const free = present.filter(({ key }) => !taken.has(key))
      const changed = await upsertMembers(db, free, now)
      await markEnrolled(
        db,
        free.map(({ key }) => key),
        now,
      )
      const rejected = new Map([...taken].map((key) => [key, alreadyMember]))
      for (const key of former) rejected.set(key, numberReplaced)
      return { changed, rejected }
    },
    // Two members for one customer in one batch end up here as well, and the first of them has got it.
    constraints: { member_customer: alreadyMember, member_not_erased: erased },
  }
}
