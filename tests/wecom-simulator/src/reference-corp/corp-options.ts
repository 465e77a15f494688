/** How big a reference corp is. Nothing of it is kept: a bigger one only has larger numbers. */
export interface CorpOptions {
  seed: number
  /** Members configured for customer contact. */
  guides: number
  /** Members in the visible range who are not. */
  otherMembers: number
  /** The mean; the big guides are part of it. */
  customersPerGuide: number
  bigGuides: number
  customersPerBigGuide: number
  /** One customer is followed by so many guides, more than one page of externalcontact/get. */
  crowdFollowers: number
  groups: number
  /** Members of the largest group. */
  largestGroup: number
  tags: number
  tagGroups: number
  departments: number
  /** Part of all relations that differ between two generations: ended ones, new ones, edited ones. */
  changeShare: number
}

export const REFERENCE: CorpOptions = {
  seed: 1,
  guides: 2000,
  otherMembers: 40,
  customersPerGuide: 300,
  bigGuides: 5,
  customersPerBigGuide: 10_000,
  crowdFollowers: 600,
  groups: 1300,
  largestGroup: 500,
  tags: 3000,
  tagGroups: 150,
  departments: 600,
  changeShare: 0.01,
}

/** What the arithmetic of ids and permutations can hold. */
const MOST_RELATIONS = 50_000_000

export function checkedOptions(given: Partial<CorpOptions>): CorpOptions {
  const options = { ...REFERENCE, ...given }
  const { guides, customersPerGuide, bigGuides, customersPerBigGuide } = options
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'changeShare' && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new Error(`${name} must be a whole number, is ${value}`)
    }
  }
  if (guides === 0 || options.departments === 0) throw new Error('A corp has at least one guide and one department')
  if (!(options.changeShare >= 0 && options.changeShare <= 0.5)) throw new Error('changeShare must be 0 to 0.5')
  if (guides * customersPerGuide > MOST_RELATIONS) throw new Error(`More than ${MOST_RELATIONS} relations`)
  if (bigGuides > guides) throw new Error('There are more big guides than guides')
  if (bigGuides * customersPerBigGuide > guides * customersPerGuide) {
    throw new Error('The big guides alone have more customers than all guides together')
  }
  if (options.tags < options.tagGroups) throw new Error('A tag group has at least one tag')
  if (options.tags > 0 && options.tagGroups === 0) throw new Error('Tags need a tag group')
  return options
}
