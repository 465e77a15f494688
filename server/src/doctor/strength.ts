/**
 * A careful guess at how many bits somebody must guess: what repeats counts once, and a run of neighbours (abc, 0123)
 * counts as the one step it is. It may call a short random text weaker than it is, never a patterned one strong.
 */
export function guessBits(text: string): number {
  const characters = [...text.slice(0, periodOf(text))]
  const steps = characters.slice(1).map((character, index) => codeOf(character) - codeOf(characters[index] ?? ''))
  return characters.length * Math.min(entropy(characters), entropy(steps))
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

/** Length of the shortest beginning that, repeated, makes up the text. */
function periodOf(text: string): number {
  return (text + text).indexOf(text, 1)
}

/** Bits an item, by how often each occurs. */
function entropy(items: readonly (string | number)[]): number {
  const counts = new Map<string | number, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / items.length) * Math.log2(count / items.length),
    0,
  )
}
