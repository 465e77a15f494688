import { randomInt } from 'node:crypto'

/** ZG and ten digits: short enough to be read out at a till, too many to be guessed one by one. */
export function makeMemberNo(): string {
  return `ZG${String(randomInt(10_000_000_000)).padStart(10, '0')}`
}

/** As a card shows it: ZG 123 456 7890. Numbers of other systems stay as they are. */
export function printMemberNo(memberNo: string): string {
  return memberNo.replace(/^ZG(\d{3})(\d{3})(\d{4})$/, 'ZG $1 $2 $3')
}
