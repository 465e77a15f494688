const MAINLAND = /^(?:\+?86|0086)?(1[3-9]\d{9})$/
const E164 = /^(?:\+|00)([1-9]\d{6,14})$/

/**
 * One spelling per phone, so that equal phones hash alike: eleven digits for the mainland, `+` and digits (E.164) for
 * elsewhere. Spaces, dashes, dots and brackets are ignored. Undefined: not a phone number that can be reached.
 */
export function normalizePhone(text: string): string | undefined {
  const bare = text.normalize('NFKC').replace(/[\s().-]/g, '')
  const mainland = MAINLAND.exec(bare)?.[1]
  if (mainland) return mainland
  const abroad = E164.exec(bare)?.[1]
  return abroad && !abroad.startsWith('86') ? `+${abroad}` : undefined
}
