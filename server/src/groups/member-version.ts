/** groupchat/get lags behind its callbacks by about 2 s (docs 92122, 92130). */
export const LAG_MS = 2_000
/** So long after a callback nothing it told of can still be under way. */
const SETTLED_MS = 15_000

/** A member version met lately: in a callback as before or after, or in an answer. */
export interface MetVersion {
  version: string
  /** Another one has followed it. */
  superseded: boolean
  heardAt: Date
}

export interface HeldVersion {
  memberVersion: string | null
  /** When the last callback about the group came. */
  heardAt: Date | null
  unsureSince: Date | null
  ended: 'dismissed' | 'missing' | null
  met: readonly MetVersion[]
}

/** Versions before and after a coming or going, and whether the list of people is as long as it says. */
export interface VersionStep {
  last: string | undefined
  current: string | undefined
  complete: boolean
}

/**
 * What a change list is worth (doc 92130): `fits` the members held, so it can be applied; `known`: it is already in
 * them; `unfitting`: a callback was lost or came out of turn, so the group must be read.
 */
export function judgeStep({ last, current, complete }: VersionStep, held: HeldVersion): 'fits' | 'known' | 'unfitting' {
  if (held.ended === null && current !== undefined && held.memberVersion !== null) {
    if (current === held.memberVersion) return 'known'
    if (complete && last === held.memberVersion) return 'fits'
    if (held.unsureSince === null && isSuperseded(current, held.met)) return 'known'
  }
  return 'unfitting'
}

export interface Verdict {
  /** The answer may replace what is held. */
  taken: boolean
  /** It is the truth; otherwise the group has to be read once more. */
  certain: boolean
}

/** Whether an answer, to a question asked at `askedAt`, is newer than what is held: versions cannot be compared. */
export function judgeAnswer(version: string, askedAt: Date, held: HeldVersion): Verdict {
  if (isSettled(askedAt, held.heardAt)) return { taken: true, certain: true }
  const age = ageOf(askedAt, held.heardAt)
  if (held.ended === 'dismissed') return { taken: false, certain: false }
  const met = held.met.filter(({ heardAt }) => askedAt.getTime() - heardAt.getTime() < SETTLED_MS)
  if (isSuperseded(version, met)) return { taken: false, certain: false }
  const isKnown = version === held.memberVersion || met.some((one) => one.version === version)
  const taken = isKnown || held.memberVersion === null || age >= LAG_MS
  const isAwaited = met.some((one) => !one.superseded && one.version !== version && one.version !== held.memberVersion)
  return { taken, certain: taken && age >= LAG_MS && !isAwaited }
}

/** Nothing a callback told of can still be under way. */
export function isSettled(askedAt: Date, heardAt: Date | null): boolean {
  return ageOf(askedAt, heardAt) >= SETTLED_MS
}

/** Longer each time, until everything has settled. */
export function pauseBeforeAsking(askedAt: Date, heardAt: Date | null): number {
  return Math.max(LAG_MS, heardAt ? ageOf(askedAt, heardAt) : 0)
}

function ageOf(askedAt: Date, heardAt: Date | null): number {
  return heardAt ? askedAt.getTime() - heardAt.getTime() : Number.POSITIVE_INFINITY
}

function isSuperseded(version: string, met: readonly MetVersion[]): boolean {
  return met.some((one) => one.version === version && one.superseded)
}
