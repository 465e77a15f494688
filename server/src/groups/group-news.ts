import type { GroupEnd, JoinScene } from '@zhanggui/shared/group.ts'
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
import { keepDepartures, recallJoining, recallLeaving } from './late-news.repository.ts'
import { isSettled, judgeAnswer, judgeStep, pauseBeforeAsking, type VersionStep } from './member-version.ts'
import {
  closeAllStays,
  closeStays,
  hasInexactStays,
  keepRoll,
  openStays,
  type RollDrift,
  type ToldMember,
} from './memberships.repository.ts'
import { planDetails, planRead, planReadAt } from './plan-read.ts'

/** A coming or going as a callback told it; `at` is the callback's own time. */
export type RollChange = { memberIds: string[]; step: VersionStep; at: Date; heardAt: Date } & (
  | { what: 'joined'; scene: JoinScene }
  | { what: 'left'; how: 'left' | 'removed' }
)

export interface GroupDrift extends RollDrift {
  /** This answer says what is so; false: it came too soon after a callback, and another reading is planned. */
  certain: boolean
  isNew: boolean
  groupChanged: boolean
  ended: boolean
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
  heardAt: Date,
  what: { awaitsChange: boolean },
): Promise<void> {
  return inTurn(db, chatId, async (tx, held) => {
    await markHeardAndUnsure(tx, chatId, heardAt, what)
    await planRead(tx, chatId, heardAt, held.unsureSince)
  })
}

/** Applied if it fits the members held (doc 92130); otherwise it is history, and the group is read. */
export function keepRollChange(db: Kysely<Database>, chatId: string, change: RollChange): Promise<void> {
  return inTurn(db, chatId, async (tx, held) => {
    const { memberIds, step, heardAt } = change
    const worth = judgeStep(step, held)
    await (worth === 'unfitting' ? markHeardAndUnsure : markHeard)(tx, chatId, heardAt)
    await meetVersions(tx, chatId, step, heardAt)
    if (change.what === 'left') await keepDepartures(tx, chatId, memberIds, change)
    if (worth === 'fits') {
      await applyChange(tx, chatId, change)
      await setMemberVersion(tx, chatId, step.current ?? '')
    } else await recallChange(tx, chatId, change)
    if (worth === 'unfitting') await planRead(tx, chatId, heardAt, held.unsureSince)
  })
}

async function applyChange(tx: Transaction<Database>, chatId: string, change: RollChange): Promise<void> {
  if (change.what === 'left') return closeStays(tx, chatId, change.memberIds, change)
  const { wereInexact } = await openStays(tx, chatId, change.memberIds, change)
  if (!wereInexact) await planDetails(tx, chatId, change.heardAt)
}

function recallChange(tx: Transaction<Database>, chatId: string, change: RollChange): Promise<void> {
  if (change.what === 'left') return recallLeaving(tx, chatId, change.memberIds, change)
  return recallJoining(tx, chatId, change.memberIds, change)
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
    const roll = await keepRoll(tx, chatId, members, askedAt)
    const isAwaiting = held.awaitsChange && !groupChanged && !isSettled(askedAt, held.heardAt)
    const certain = verdict.certain && !isAwaiting
    if (certain) await markCertain(tx, chatId)
    else await planNextRead(tx, chatId, held, { askedAt, now })
    return { ...roll, certain, isNew: held.mirroredAt === null, groupChanged, ended: false }
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
    const left = await closeAllStays(tx, chatId, how, at)
    return { ...nothing, ended, left }
  })
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
