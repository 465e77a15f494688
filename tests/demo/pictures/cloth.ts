import { line } from './brush.ts'

export const hanger =
  line('M200 76V66C200 52 220 52 216 38C212 28 196 30 196 42', '#8b8f98', 4) +
  line('M132 112L200 76L268 112', '#8b8f98', 4)

/** A garment cut to its own outline, with cloth drawn over all of it. */
export function cloth(id: string, half: string, pattern: string): string {
  return `<clipPath id="${id}"><path d="${half}"/><path d="${half}" transform="translate(400 0) scale(-1 1)"/></clipPath><g clip-path="url(#${id})">${pattern}</g>`
}
