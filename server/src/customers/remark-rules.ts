import { REMARK_CHARACTERS } from '@zhanggui/shared/limits.ts'
import type { RemarkChange } from '@zhanggui/shared/remark.ts'

/** What a guide has noted about a customer, readable. */
export interface Remark {
  remark: string
  description: string
  company: string
  phones: readonly string[]
}

type TextField = keyof typeof REMARK_CHARACTERS
const textFields = ['remark', 'description', 'company'] as const satisfies readonly TextField[]

/** Loosely a phone: mainland, landline or abroad. */
const PHONE = /^\+?\d{5,20}$/

/** One spelling: without the spaces and dashes people put between digits. Undefined: not a phone. */
export function readPhone(text: string): string | undefined {
  const bare = text.normalize('NFKC').replace(/[\s().-]/g, '')
  return PHONE.test(bare) ? bare : undefined
}

/** What WeCom would not take (doc 92115), before it is asked. */
export function findFaults(change: RemarkChange, isWechatUser: boolean): { path: string; message: string }[] {
  const tooLong = textFields.flatMap((field) => {
    const most = REMARK_CHARACTERS[field]
    const isTooLong = [...(change[field]?.to.trim() ?? '')].length > most
    return isTooLong ? [{ path: `/${field}/to`, message: `must have at most ${most} characters` }] : []
  })
  const phones = (change.phones?.to ?? []).flatMap((phone, index) =>
    'number' in phone && readPhone(phone.number) === undefined
      ? [{ path: `/phones/to/${index}`, message: 'must be a phone number' }]
      : [],
  )
  const company =
    change.company && !isWechatUser ? [{ path: '/company', message: 'can be noted of WeChat users only' }] : []
  return [...tooLong, ...phones, ...company]
}

interface Judged {
  /** The guide saw something else than what is in WeCom now, and wants something else again. */
  isConflict: boolean
  /** What WeCom must be told. */
  write: Partial<Remark>
}

/** `keyOf` names a phone without telling it. */
export function judgeChange(now: Remark, change: RemarkChange, keyOf: (phone: string) => string): Judged {
  const write: Partial<Remark> = {}
  let isConflict = false
  for (const field of textFields) {
    const asked = change[field]
    const to = asked?.to.trim()
    if (asked === undefined || to === undefined || to === now[field]) continue
    if (asked.from !== now[field]) isConflict = true
    write[field] = to
  }
  if (change.phones) {
    const phones = toPhones(now.phones, change.phones.to, keyOf)
    const keys = now.phones.map(keyOf)
    if (!isSameList(phones.map(keyOf), keys)) {
      // A key that is no more was dropped in WeCom since.
      const isKnown = change.phones.to.every((phone) => !('key' in phone) || keys.includes(phone.key))
      if (!isKnown || !isSameList(change.phones.from, keys)) isConflict = true
      write.phones = phones
    }
  }
  return { isConflict, write }
}

type WantedPhone = NonNullable<RemarkChange['phones']>['to'][number]

function toPhones(held: readonly string[], wanted: readonly WantedPhone[], keyOf: (phone: string) => string): string[] {
  const byKey = new Map(held.map((phone) => [keyOf(phone), phone]))
  const phones = wanted.flatMap((phone) => {
    const found = 'key' in phone ? byKey.get(phone.key) : readPhone(phone.number)
    return found === undefined ? [] : [found]
  })
  return [...new Set(phones)]
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
