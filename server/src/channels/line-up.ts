import type { Leave } from '@zhanggui/shared/channel.ts'

/** A guide behind a channel, as the server's own data has her now. */
export interface Candidate {
  userId: string
  onDuty: boolean
  leaves: readonly Leave[]
  /** Left the corp, or may not contact customers, as far as the mirror of the directory knows. */
  away: boolean
  /** WeCom refused her today. */
  refused: boolean
  /** Friends given to her today by this channel. */
  today: number
  lastGivenAt: Date | null
}

interface Terms {
  /** YYYY-MM-DD in Asia/Shanghai. */
  day: string
  dailyCap: number | null
  /** Friends who came since WeCom was last told whom to hand out. */
  newSince: number
  /** As many as WeCom takes. */
  most: number
}

export interface Line {
  /** Whom WeCom hands to the next friends. */
  front: string[]
  note: string | null
}

const ALL_FULL = '当班的人今天都到上限了,先轮着分给当班的'
const NOBODY_AT_WORK = '现在没有人当班,先分给所有人'

/**
 * Whose turn it is: of those at work and below the cap, whoever was given a friend longest ago. One guide stands in
 * front; in a rush, when friends come faster than WeCom is told, as many as came since it was told. There is always
 * somebody: when all have had enough it is everybody at work, when nobody is at work everybody; undefined only when
 * there is nobody at all.
 */
export function lineUp(candidates: readonly Candidate[], { day, dailyCap, newSince, most }: Terms): Line | undefined {
  const here = candidates.filter(({ away, refused }) => !away && !refused)
  // The mirror may be behind: before nobody is left, WeCom is asked about those it thinks away.
  const pool = here.length > 0 ? here : candidates.filter(({ refused }) => !refused)
  if (pool.length === 0) return undefined
  const atWork = pool.filter((guide) => isAtWork(guide, day))
  const room = atWork.filter(({ today }) => dailyCap === null || today < dailyCap)
  if (room.length > 0) return { front: inTurn(room, Math.min(Math.max(newSince, 1), most)), note: null }
  return atWork.length > 0
    ? { front: inTurn(atWork, most), note: ALL_FULL }
    : { front: inTurn(pool, most), note: NOBODY_AT_WORK }
}

function isAtWork({ onDuty, leaves }: Candidate, day: string): boolean {
  return onDuty && !leaves.some(({ from, to }) => from <= day && day <= to)
}

function inTurn(guides: readonly Candidate[], most: number): string[] {
  return [...guides]
    .sort(
      (a, b) =>
        (a.lastGivenAt?.getTime() ?? 0) - (b.lastGivenAt?.getTime() ?? 0) ||
        a.today - b.today ||
        (a.userId < b.userId ? -1 : 1),
    )
    .slice(0, most)
    .map(({ userId }) => userId)
}
