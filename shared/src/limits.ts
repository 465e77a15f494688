/** Numbers both sides count with. No schemas here: the sidebar would carry their library along. */

/** Characters of a tag's or group's name (doc 92117). */
export const TAG_NAME_CHARACTERS = 30
/** Until a tap goes to WeCom it can be taken back as if it had never been. */
export const TAG_UNDO_MS = 5_000
/** Characters, not bytes (doc 92115). */
export const REMARK_CHARACTERS = { remark: 20, description: 150, company: 20 } as const
/** Phones noted about one customer; WeCom publishes no number. */
export const MOST_PHONES = 20
