/** What went wrong lately, for the page of diagnosis. Codes and words of WeCom's without ids; nothing of a customer. */
export interface Trouble {
  at: Date
  what: string
}

const MOST = 8
const troubles: Trouble[] = []

export function noteTrouble(what: string): void {
  troubles.unshift({ at: new Date(), what })
  troubles.length = Math.min(troubles.length, MOST)
}

export function listTroubles(): readonly Trouble[] {
  return troubles
}
