import { MemberRecord } from '@zhanggui/shared/records.ts'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import { listWithTakenCustomer, markEnrolled, upsertMembers } from './crm-members.repository.ts'
import { normalizePhone } from './phone.ts'

const alreadyMember = {
  code: 'customer_already_member',
  detail: '/externalUserId is the customer of another member',
}

const erased = {
  code: 'customer_erased',
  detail: '/externalUserId is of a customer whose personal data was erased',
}

export const memberOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  const { cipher, clock } = deps
  putRecords(app, deps, {
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
      const taken = await listWithTakenCustomer(db, members)
      const free = members.filter(({ key }) => !taken.has(key))
      const changed = await upsertMembers(db, free, clock.now())
      await markEnrolled(
        db,
        free.map(({ key }) => key),
        clock.now(),
      )
      return { changed, rejected: new Map([...taken].map((key) => [key, alreadyMember])) }
    },
    // Two members for one customer in one batch end up here as well, and the first of them has got it.
    constraints: { member_customer: alreadyMember, member_not_erased: erased },
  })
}
