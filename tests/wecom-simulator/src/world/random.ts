import { createHash } from 'node:crypto'

/** Seeded, so that the same seed and the same actions give the same names and ids. */
export interface Random {
  state: number
  issued: number
}

/** mulberry32: 0 ≤ x < 1. */
export function nextRandom(random: Random): number {
  random.state = (random.state + 0x6d2b79f5) | 0
  let mixed = Math.imul(random.state ^ (random.state >>> 15), 1 | random.state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(nextRandom(random) * items.length)] ?? items[0]
}

/** A new id of WeCom's look: 'wm' and 30 more characters for a customer. */
export function newId(random: Random, prefix: string, length = 32): string {
  random.issued += 1
  const digest = createHash('sha256').update(`${random.state}:${prefix}:${random.issued}`).digest('base64url')
  return prefix + digest.slice(0, length - prefix.length)
}

/** The same for the same person in every run, whatever else happened before. */
export function derivedId(prefix: string, from: string): string {
  return prefix + createHash('sha256').update(`${prefix}:${from}`).digest('base64url').slice(0, 28)
}
