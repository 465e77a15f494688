/** A tap that waits to be written. */
export interface Waiting {
  tagId: string
  wanted: boolean
}

interface WritePlan<W> {
  add: W[]
  remove: W[]
  /** WeCom has it so already, or the tap was taken back: nothing to say to WeCom. */
  done: W[]
  /** Wanted, but the tag is no more. */
  gone: W[]
}

/** What of a guide's taps is left to tell WeCom, given what stands on the relation and which tags there are. */
export function planWrite<W extends Waiting>(
  writes: readonly W[],
  held: ReadonlySet<string>,
  live: ReadonlySet<string>,
): WritePlan<W> {
  const plan: WritePlan<W> = { add: [], remove: [], done: [], gone: [] }
  for (const write of writes) {
    const { tagId, wanted } = write
    if (held.has(tagId) === wanted) plan.done.push(write)
    else if (!wanted) plan.remove.push(write)
    else plan[live.has(tagId) ? 'add' : 'gone'].push(write)
  }
  return plan
}
