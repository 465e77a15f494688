import { randomBytes } from 'node:crypto'

/**
 * What a friend brings back from a code: 26 letters and digits, within the 30 of a contact way (doc 92228) and the 64
 * bytes of a link (doc 97298); 96 random bits, so that nobody can pretend to have come from another code.
 */
export function makeChannelState(): string {
  return `zg${randomBytes(12).toString('hex')}`
}

/** Codes made elsewhere have states of their own; nothing need be looked up for those. */
export function isChannelState(state: string | undefined): state is string {
  return state !== undefined && /^zg[0-9a-f]{24}$/.test(state)
}
