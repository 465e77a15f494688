import type { Tag } from '@zhanggui/shared/customer.ts'
import type { CardTags } from '@zhanggui/shared/tag.ts'
import type { Deps } from '../deps.ts'
import { listStandingTags, listWrites, type ShownWrite, type StandingTag } from './card-tags.repository.ts'
import { refusalWords } from './refusal-words.ts'

/** A refusal is told for so long, unless the guide taps that tag again. */
const TOLD_MS = 24 * 60 * 60 * 1000

interface Asked {
  externalUserId: string
  viewerUserId: string
  /** The relation whose remark and own tags are shown. */
  shownGuideUserId: string | undefined
}

/** Whether the viewer may see the customer was asked before. */
export async function readCardTags({ db, clock }: Pick<Deps, 'db' | 'clock'>, asked: Asked): Promise<CardTags> {
  const { externalUserId, viewerUserId, shownGuideUserId } = asked
  const since = new Date(clock.now().getTime() - TOLD_MS)
  const [standing, writes] = await Promise.all([
    listStandingTags(db, externalUserId, shownGuideUserId),
    listWrites(db, { externalUserId, guideUserId: viewerUserId }, since),
  ])
  return showTags(standing, writes, viewerUserId)
}

/** The tags as they will be once WeCom has done what the viewer wants: a tap counts at once, a refused one not at all. */
export function showTags(
  standing: readonly StandingTag[],
  writes: readonly ShownWrite[],
  viewerUserId: string,
): CardTags {
  const isMine = ({ guideUserId }: { guideUserId: string }) => guideUserId.toLowerCase() === viewerUserId.toLowerCase()
  const waiting = writes.filter(({ refusedAt }) => refusedAt === null)
  const taken = new Set(waiting.filter(({ wanted }) => !wanted).map(({ tagId }) => tagId))
  const given = waiting
    .filter(({ wanted }) => wanted)
    .map((write) => ({ ...write, source: 'wecom' as const }) satisfies StandingTag)
  const left = [...standing, ...given].filter((tag) => !(isMine(tag) && tag.tagId !== null && taken.has(tag.tagId)))

  const tags = new Map<string, Tag>()
  for (const tag of left.sort(byWecomsOrder)) {
    const key = JSON.stringify([tag.source, tag.groupName, tag.name])
    const mine = tags.get(key)?.mine || isMine(tag)
    tags.set(key, {
      ...(tag.tagId !== null && { tagId: tag.tagId }),
      name: tag.name,
      ...(tag.groupName && { group: tag.groupName }),
      source: tag.source,
      ...(tag.source === 'guide' && { userId: tag.guideUserId }),
      ...(mine && { mine }),
    })
  }
  return {
    tags: [...tags.values()],
    pending: waiting.length > 0,
    refusals: writes
      .filter(({ refusedAt }) => refusedAt !== null)
      .map(({ tagId, name, wanted, errcode }) => ({ tagId, name, wanted, reason: refusalWords(errcode) })),
  }
}

/** Groups and tags larger first (doc 92117); what has no group, and what the guide made herself, at the end. */
function byWecomsOrder(a: StandingTag, b: StandingTag): number {
  return (
    Number(a.source === 'guide') - Number(b.source === 'guide') ||
    (b.groupOrder ?? -1) - (a.groupOrder ?? -1) ||
    a.groupName.localeCompare(b.groupName) ||
    (b.displayOrder ?? 0) - (a.displayOrder ?? 0) ||
    a.name.localeCompare(b.name)
  )
}
