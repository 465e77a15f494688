import { randomBytes, randomInt } from 'node:crypto'

/** Crockford's base32: no I, L, O or U to misread or to spell words with. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BODY = 11

/** Twelve characters: 55 random bits and a check character, which tells a slip of the finger from a false coupon. */
export function makeCouponCode(): string {
  const body = Array.from({ length: BODY }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return body + checkCharacter(body)
}

/** Luhn modulo 32: any one wrong character is noticed, and all but one kind of swapped neighbours. */
export function checkCharacter(body: string): string {
  const sum = [...body].reverse().reduce((total, character, index) => {
    const value = ALPHABET.indexOf(character) * (index % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / ALPHABET.length) + (value % ALPHABET.length)
  }, 0)
  return ALPHABET[(ALPHABET.length - (sum % ALPHABET.length)) % ALPHABET.length] ?? ''
}

/** What letters are taken for that no code has. */
const LOOKALIKES: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' }

/**
 * A code as somebody typed or scanned it: in any case, with spaces or dashes, full-width from a Chinese keyboard.
 * Undefined: no code reads like that, so a character is wrong, missing or too many.
 */
export function readCouponCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OILU]/g, (letter) => LOOKALIKES[letter] ?? letter)
  const body = code.slice(0, BODY)
  return code.length === BODY + 1 && checkCharacter(body) === code.slice(BODY) ? code : undefined
}

/** As it is printed: 7K3M-9QXR-2B0C. */
export function printCouponCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-')
}

/** For links: 128 random bits. The link never tells the code. */
export function makeLinkToken(): string {
  return randomBytes(16).toString('base64url')
}
