import { addCustomer } from './add.ts'
import type { Customer, World } from './model.ts'
import { avatarColor, newPerson } from './names.ts'
import { newId } from './random.ts'

/** Somebody on WeChat whom the corp did not know, with a realistic name. */
export function newCustomer(world: World, wanted: { name?: string; phone?: string } = {}): Customer {
  const person = newPerson(world.random)
  const customer: Customer = {
    externalUserId: newId(world.random, 'wm'),
    name: wanted.name ?? person.name,
    gender: person.gender,
    type: 1,
    unionId: newId(world.random, 'ozUnion', 28),
    avatarColor: avatarColor(world.random),
    phone: wanted.phone,
  }
  addCustomer(world, customer)
  return customer
}
