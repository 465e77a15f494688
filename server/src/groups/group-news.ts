import type { GroupEnd } from '@zhanggui/shared/group.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import {
  endGroup,
  type HeldGroup,
  keepToldGroup,
  lockGroup,
  markCertain,
  markHeard,
  markHeardAndUnsure,
  markMirrored,
  markUnsure,
  meetVersions,
  setMemberVersion,
  type ToldGroup,
} from './groups.repository.ts'
import { isSettled, judgeAnswer, judgeStep, pauseBeforeAsking, type VersionStep } from './member-version.ts'
import {
  closeAllStays,
  closeStays,
  hasInexactStays,
  keepRoll,
  openStays,
  type ToldMember,
} from './memberships.repository.ts'
import { keepMovements, listMoved, type Movement, retellHistory } from './movements.repository.ts'
import { planDetails, planRead, planReadAt } from './plan-read.ts'

/** News older than this has been told in the history by an earlier reading. */
const LATE_MS = 24 * 3_600_000

/** A coming or going as a callback told it, between two versions of the members. */
export type RollChange = Movement & { step: VersionStep; heardAt: Date; now: Date }

export interface GroupDrift {
  /** This answer says what is so; false: it came too soon after a callback, and another reading is planned. */
  certain: boolean
  isNew: boolean
  groupChanged: boolean
  ended: boolean
  joined: number
  left: number
  changed: number
}

const nothing: GroupDrift = {
  certain: true,
  isNew: false,
  groupChanged: false,
  ended: false,
  joined: 0,
  left: 0,
  changed: 0,
}

/** Something about the group changed that its callback does not tell: it is read a little later. */
export function keepUntoldChange(
  db: Kysely<Database>,
  chatId: string,
  { heardAt, now, awaitsChange }: { heardAt: Date; now: Date; awaitsChange: boolean },
): Promise<void> {
  return inTurn(db, chatId, async (tx, held) => {
    await markHeardAndUnsure(tx, chatId, heardAt, { awaitsChange })
    await planRead(tx, chatId, now, held.unsureSince)
  })
}

/** Applied if it fits the members held (doc 92130); otherwise it is history, and the group is read. */
export function keepRollChange(db: Kysely<Database>, chatId: string, change: RollChange): Promise<void> {
  return inTurn(db, chatId, async (tx, held) => {
    const { memberIds, step, heardAt, now } = change
    const worth = judgeStep(step, held)
    await (worth === 'unfitting' ? markHeardAndUnsure : markHeard)(tx, chatId, heardAt)
    await meetVersions(tx, chatId, step, heardAt)
    await keepMovements(tx, chatId, change, heardAt)
    if (worth === 'fits') await applyChange(tx, chatId, change)
    else await retellHistory(tx, chatId, memberIds)
    if (worth === 'unfitting') await planRead(tx, chatId, now, held.unsureSince)
  })
}

async function applyChange(tx: Transaction<Database>, chatId: string, change: RollChange): Promise<void> {
  await setMemberVersion(tx, chatId, change.step.current ?? '')
  if (change.what === 'left') return closeStays(tx, chatId, change.memberIds, change)
  const { wereInexact } = await openStays(tx, chatId, change.memberIds, change)
  if (!wereInexact) await planDetails(tx, chatId, change.now)
}

/** What WeCom said when asked at `askedAt`. An answer that may be older than what is held waits for the next. */
export function keepAnswer(
  db: Kysely<Database>,
  chatId: string,
  { group, members, askedAt, now }: { group: ToldGroup; members: ToldMember[]; askedAt: Date; now: Date },
): Promise<GroupDrift> {
  return inTurn(db, chatId, async (tx, held) => {
    if (held.mirroredAt && held.mirroredAt >= askedAt) return nothing
    const verdict = judgeAnswer(group.memberVersion, askedAt, held)
    if (!verdict.taken) {
      await planNextRead(tx, chatId, held, { askedAt, now })
      return { ...nothing, certain: false }
    }
    const superseded = held.memberVersion === group.memberVersion ? undefined : held.memberVersion
    await meetVersions(tx, chatId, { last: superseded, current: undefined }, askedAt)
    const groupChanged = await keepToldGroup(tx, chatId, group, askedAt)
    const { joined, changed, gone } = await keepRoll(tx, chatId, members, askedAt)
    const isAwaiting = held.awaitsChange && !groupChanged && !isSettled(askedAt, held.heardAt)
    const certain = verdict.certain && !isAwaiting
    if (certain) await markCertain(tx, chatId)
    else await planNextRead(tx, chatId, held, { askedAt, now })
    await retellLately(tx, chatId, gone, now)
    return { certain, isNew: held.mirroredAt === null, groupChanged, ended: false, joined, left: gone.length, changed }
  })
}

async function planNextRead(
  tx: Transaction<Database>,
  chatId: string,
  { heardAt }: HeldGroup,
  { askedAt, now }: { askedAt: Date; now: Date },
): Promise<void> {
  await markUnsure(tx, chatId, askedAt)
  await planReadAt(tx, chatId, new Date(now.getTime() + pauseBeforeAsking(askedAt, heardAt)))
}

/** The group is over: a callback said so, WeCom answered 49008, or no list names it any more. */
export function keepEnd(
  db: Kysely<Database>,
  chatId: string,
  { how, at, heardAt, askedAt }: { how: GroupEnd; at: Date; heardAt?: Date; askedAt?: Date },
): Promise<GroupDrift> {
  return inTurn(db, chatId, async (tx) => {
    if (heardAt) await markHeard(tx, chatId, heardAt)
    if (askedAt) await markMirrored(tx, chatId, askedAt)
    const ended = await endGroup(tx, chatId, how, at)
    const gone = await closeAllStays(tx, chatId, how, at)
    await retellLately(tx, chatId, gone, heardAt ?? at)
    return { ...nothing, ended, left: gone.length }
  })
}

/** Whose stay is over, and of whom callbacks have told lately: some of it could not be told before. */
async function retellLately(tx: Transaction<Database>, chatId: string, gone: string[], now: Date): Promise<void> {
  const moved = await listMoved(tx, chatId, new Date(now.getTime() - LATE_MS))
  await retellHistory(tx, chatId, [...gone, ...moved])
}

/** Names and inviters are still missing for somebody. */
export async function planDetailsIfMissing(db: Kysely<Database>, chatId: string, now: Date): Promise<void> {
  await inTurn(db, chatId, async (tx) => {
    if (await hasInexactStays(tx, chatId)) await planDetails(tx, chatId, now)
  })
}

function inTurn<T>(
  db: Kysely<Database>,
  chatId: string,
  work: (tx: Transaction<Database>, held: HeldGroup) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => work(tx, await lockGroup(tx, chatId)))
}
