import type { Contact } from '../cloud/directory.ts'
import { newPerson } from '../world/names.ts'
import { nextRandom } from '../world/random.ts'
import { draw, drawsFor, SALT } from './draw.ts'
import { createIds } from './ids.ts'

/** Everybody outside the corp by number: customers, and above them those whom nobody has befriended. */
export interface Customers {
  contact(customer: number): Contact
  id(customer: number): string
  numberOf(externalUserId: string): number | undefined
}

/** One in so many is a WeCom user of another corp. */
const WECOM_USER_EVERY = 33
const NO_UNION_ID = 0.05
const OTHER_CORPS = ['伙伴商贸', '云裳服饰', '东方物业', '锦程旅行']

export function createCustomers(seed: number): Customers {
  const wechatIds = createIds('wm', seed, SALT.customer)
  const wecomIds = createIds('wo', seed, SALT.customer)
  const unionIds = createIds('o', seed, SALT.unionId)
  const usesWeCom = (customer: number) => draw(seed, SALT.customer, customer) % WECOM_USER_EVERY === 0
  const id = (customer: number) => (usesWeCom(customer) ? wecomIds : wechatIds).write(customer)

  return {
    id,
    contact(customer) {
      const random = drawsFor(seed, SALT.customer, customer)
      const externalUserId = id(customer)
      const { name, gender } = newPerson(random)
      if (usesWeCom(customer)) {
        return { externalUserId, name, gender, type: 2, corpName: OTHER_CORPS[customer % OTHER_CORPS.length] }
      }
      if (nextRandom(random) < NO_UNION_ID) return { externalUserId, name, gender, type: 1 }
      return { externalUserId, name, gender, type: 1, unionId: unionIds.write(customer) }
    },
    numberOf(externalUserId) {
      const number = wechatIds.read(externalUserId) ?? wecomIds.read(externalUserId)
      return number !== undefined && id(number) === externalUserId ? number : undefined
    },
  }
}
