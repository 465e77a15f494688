import type { Deps } from '../deps.ts'
import { type JobSpec, RunLater, type Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { shanghaiDay } from '../wording/days.ts'
import { countArrivalsSince, listCandidates, type NamedCandidate } from './candidates.repository.ts'
import { aloneWith, type Channel, findChannel, saveChannel, settleChannel } from './channels.repository.ts'
import type { Told } from './channels.table.ts'
import { type Held, type Holding, holdingOf } from './holding.ts'
import { type Line, lineUp } from './line-up.ts'
import { GONE, NOBODY_BEHIND, refusalWords, wordsAboutGuide } from './refusal-words.ts'

/** WeCom may still be making what we stopped waiting for; only after this long is it taken for not made. */
const SETTLED_MS = 20_000
/** Guides found unusable in one run; the next run goes on. */
const MOST_REFUSALS = 10

/** Makes WeCom hold what the channel's row says, whatever it holds now, with the fewest calls; none if it does already. */
export const syncChannel: Task = {
  name: 'sync_channel',
  lane: 'general',
  run: ({ channelId }, deps) => aloneWith(deps.db, String(channelId), () => sync(String(channelId), deps)),
}

/** Several wishes before it begins are one run. */
export function syncChannelJob(channelId: string): JobSpec {
  return { task: syncChannel.name, payload: { channelId }, key: `${syncChannel.name} ${channelId}`, priority: 5 }
}

async function sync(channelId: string, deps: Deps): Promise<void> {
  const channel = await findChannel(deps.db, channelId)
  if (!channel || channel.removedAt) return
  const holding = holdingOf(channel)
  try {
    const held = await findHeld(channel, holding, deps)
    if (channel.retiredAt) await remove(channel, held, holding, deps)
    else await offer(channel, held, holding, deps)
  } catch (error) {
    if (error instanceof WecomError) await keepRefusal(channel, error, deps)
    throw error
  }
}

/** What WeCom holds of this channel, also if its answer to the creation was never heard. */
async function findHeld(channel: Channel, holding: Holding, deps: Deps): Promise<Held | undefined> {
  const { channelId, wecomId, url, intendedAt } = channel
  if (wecomId) return { wecomId, url: url ?? undefined }
  if (!intendedAt) return undefined
  const lost = await holding.findLost(channel, intendedAt, deps)
  if (lost) {
    await saveChannel(deps.db, channelId, { wecomId: lost.wecomId, url: lost.url ?? null, intendedAt: null })
    return lost
  }
  const left = intendedAt.getTime() + SETTLED_MS - deps.clock.now().getTime()
  if (left > 0) throw new RunLater('WeCom may still be making the code', left, 10)
  return undefined
}

async function remove(channel: Channel, held: Held | undefined, holding: Holding, deps: Deps): Promise<void> {
  try {
    if (held) await holding.remove(held.wecomId, deps)
  } catch (error) {
    if (!(error instanceof WecomError && holding.isGone(error.errcode))) throw error
  }
  await saveChannel(deps.db, channel.channelId, { removedAt: deps.clock.now(), intendedAt: null })
}

/** Hands the channel's next guides to WeCom. A guide WeCom refuses is noted with the reason, and the next one asked. */
async function offer(channel: Channel, held: Held | undefined, holding: Holding, deps: Deps): Promise<void> {
  const { db, clock } = deps
  const candidates = await listCandidates(db, channel, clock.now())
  let alone = false
  for (let refusals = 0; ; ) {
    const line = await lineFor(channel, candidates, holding, deps)
    if (!line) return keepEmptyLine(channel, held, candidates, deps)
    // A refusal of several does not say whose fault it is: then they are asked one by one.
    const userIds = alone ? line.front.slice(0, 1) : line.front
    try {
      await tell(channel, held, { ...line, front: userIds }, holding, deps)
      return
    } catch (error) {
      const words = error instanceof WecomError ? wordsAboutGuide(error) : undefined
      if (!words) throw error
      const [culprit] = userIds
      if (userIds.length === 1 && culprit !== undefined) {
        if (++refusals > MOST_REFUSALS) throw new RunLater('many guides were refused', 60_000, 100)
        await noteTrouble(channel, culprit, words, candidates, deps)
      }
      alone = true
    }
  }
}

async function lineFor(
  channel: Channel,
  candidates: readonly NamedCandidate[],
  { most }: Holding,
  { db, clock }: Deps,
): Promise<Line | undefined> {
  const { channelId, kind, dailyCap, toldAt } = channel
  const newSince = toldAt ? await countArrivalsSince(db, channelId, toldAt) : 0
  const day = shanghaiDay(clock.now())
  return lineUp(candidates, { day, dailyCap: kind === 'guide' ? null : dailyCap, newSince, most })
}

async function tell(channel: Channel, held: Held | undefined, line: Line, holding: Holding, deps: Deps): Promise<void> {
  const { db, clock } = deps
  const { channelId, name, skipVerify } = channel
  const told: Told = { name, skipVerify, userIds: [...line.front].sort() }
  const settled = { failure: null, failureErrcode: null, note: line.note, intendedAt: null }
  if (!held) {
    const intendedAt = clock.now()
    await saveChannel(db, channelId, { intendedAt })
    const made = await create(channel, told, holding, deps)
    await saveChannel(db, channelId, {
      ...settled,
      wecomId: made.wecomId,
      url: made.url ?? null,
      told,
      toldAt: intendedAt,
    })
    return
  }
  if (JSON.stringify(told) === JSON.stringify(channel.told && sameOrder(channel.told))) {
    await settleChannel(db, channelId, settled)
    return
  }
  const toldAt = clock.now()
  await holding.update(held.wecomId, channel, told, deps)
  await settleChannel(db, channelId, { ...settled, told, toldAt, unavailableAt: null })
}

/** jsonb keeps the keys in an order of its own. */
function sameOrder({ name, skipVerify, userIds }: Told): Told {
  return { name, skipVerify, userIds }
}

/** A clear no made nothing; silence, or "busy", may have. */
async function create(channel: Channel, told: Told, holding: Holding, deps: Deps): Promise<Held> {
  try {
    return await holding.create(channel, told, deps)
  } catch (error) {
    const clearNo = error instanceof WecomError && error.errcode !== undefined && error.failure !== 'transient'
    if (clearNo) await saveChannel(deps.db, channel.channelId, { intendedAt: null })
    throw error
  }
}

/** Changes `channel` and `candidates` along with the row, for the rest of this run. */
async function noteTrouble(
  channel: Channel,
  userId: string,
  words: string,
  candidates: NamedCandidate[],
  { db }: Deps,
): Promise<void> {
  channel.troubles = { ...channel.troubles, [userId]: words }
  for (const candidate of candidates) if (candidate.userId === userId) candidate.refused = true
  await saveChannel(db, channel.channelId, { troubles: channel.troubles })
}

/** Nobody can be handed out. A code that exists keeps whom it had; the others wait for somebody. */
async function keepEmptyLine(
  { channelId, troubles }: Channel,
  held: Held | undefined,
  candidates: readonly NamedCandidate[],
  { db }: Deps,
): Promise<void> {
  const named = candidates.flatMap(({ userId, name }) =>
    troubles[userId] ? `${name ?? userId}${troubles[userId]}` : [],
  )
  const words = named.length > 0 ? named.slice(0, 3).join(';') : NOBODY_BEHIND
  await saveChannel(db, channelId, held ? { note: words } : { failure: words, failureErrcode: null })
}

/** What only time can heal is no failure yet: it is tried again. */
async function keepRefusal(channel: Channel, error: WecomError, { db }: Deps): Promise<void> {
  if (error.failure === 'transient' || error.failure === 'token' || error.failure === 'throttled') return
  const gone = channel.wecomId !== null && holdingOf(channel).isGone(error.errcode)
  await saveChannel(db, channel.channelId, {
    failure: gone ? GONE : refusalWords(error),
    failureErrcode: error.errcode ?? null,
  })
}
