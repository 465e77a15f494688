import { draw, type Salt } from './draw.ts'

/**
 * Ids of WeCom's look that carry their index, so that nobody has to remember them: prefix, six characters of scrambled
 * index, 24 of filler. Reading one writes it again and compares: a made-up id is nobody's.
 */
export interface Ids {
  write(index: number): string
  /** Undefined for what was never written. */
  read(id: string): number | undefined
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second))
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]))
const FILLER_DRAWS = 6
const FACTOR = 0x9e3779b1
const FACTOR_INVERSE = inverseOf(FACTOR)

export function createIds(prefix: string, seed: number, salt: Salt): Ids {
  const key = draw(seed, salt, 0xffffffff)

  function write(index: number): string {
    const scrambled = scramble(index ^ key)
    let id = prefix + pair(scrambled >>> 20) + pair(scrambled >>> 8) + pair(scrambled & 0xff)
    for (let filler = 0; filler < FILLER_DRAWS; filler++) {
      const bits = draw(key + filler, salt, index)
      id += pair(bits >>> 20) + pair(bits >>> 8)
    }
    return id
  }

  return {
    write,
    read(id) {
      if (!id.startsWith(prefix)) return undefined
      const at = prefix.length
      const scrambled = (unpair(id, at) << 20) | (unpair(id, at + 2) << 8) | unpair(id, at + 4)
      const index = (unscramble(scrambled) ^ key) >>> 0
      return write(index) === id ? index : undefined
    },
  }
}

/** Twelve bits as two characters. */
function pair(bits: number): string {
  return PAIRS[bits & 0xfff] ?? ''
}

function unpair(id: string, at: number): number {
  return ((VALUES.get(id[at] ?? '') ?? 0) << 6) | (VALUES.get(id[at + 1] ?? '') ?? 0)
}

/** Both steps can be undone: a shift by half the word undoes itself, an odd factor has an inverse. */
function scramble(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), FACTOR)
  return mixed ^ (mixed >>> 16)
}

function unscramble(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), FACTOR_INVERSE)
  return mixed ^ (mixed >>> 16)
}

/** Newton's iteration: each step doubles the bits that are right. */
function inverseOf(factor: number): number {
  let inverse = factor
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse))
  return inverse
}
