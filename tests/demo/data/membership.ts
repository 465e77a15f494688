import { customers } from './customers.ts'
import { leadCustomers } from './lead-customers.ts'
import { randomStream } from './random.ts'

const MEMBER_SHARE = 0.7

/** Member numbers by external_userid: about 70 % of the customers are members. */
export const memberNumbers: ReadonlyMap<string, string> = chooseMembers()

function chooseMembers(): Map<string, string> {
  const random = randomStream('membership')
  return new Map(
    customers.flatMap(({ externalUserId }, place) => {
      const lead = leadCustomers[place]
      const isMember = lead ? lead.member !== undefined : random.chance(MEMBER_SHARE)
      return isMember ? [[externalUserId, `WX${100_201 + place * 7}`] as const] : []
    }),
  )
}
