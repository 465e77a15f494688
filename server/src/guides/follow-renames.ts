import { keepManyCustomerNews } from '../customers/customers.repository.ts'
import type { Deps } from '../deps.ts'
import { lockDirectory, placeGuides } from './place-guides.repository.ts'
import {
  addAliases,
  type Collision,
  hasAliases,
  listBeginnings,
  moveGuides,
  moveNames,
  type Rename,
} from './renames.repository.ts'

/** Takes note of a new userid heard of at `heardAt`, and gives all that is known under the old one to it. */
export async function renameGuide(rename: Rename, heardAt: Date, deps: Deps): Promise<void> {
  const { db, clock } = deps
  await db.transaction().execute(async (trx) => {
    await lockDirectory(trx)
    await addAliases(trx, [rename], heardAt)
    await moveGuides(trx)
    await placeGuides(trx, clock.now())
  })
  await followRenames(deps)
}

/**
 * Gives what stands under former userids to the present ones. Also what a till, or a callback that was long on its
 * way, has named since: so it runs after every rename and with every sync, and does nothing where nobody was renamed.
 */
export async function followRenames({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  if (!(await hasAliases(db))) return
  await db.transaction().execute(async (trx) => {
    await lockDirectory(trx)
    await moveGuides(trx)
  })
  await readAgain(await moveNames(db), { db, clock })
}

/** A relation is read off its history whenever a piece of it is told again. */
async function readAgain(pairs: readonly Collision[], { db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  if (pairs.length === 0) return
  const beginnings = await listBeginnings(db, pairs)
  await db.transaction().execute((trx) =>
    keepManyCustomerNews(
      trx,
      beginnings.map(({ guideUserId, externalUserId, at }) => ({
        externalUserId,
        change: { guideUserId, what: 'started', at },
        heardAt: clock.now(),
      })),
    ),
  )
}
