import { consentWordings, type Purpose } from './consent.ts'
import { normalizePhone } from './phone.ts'

/** What was typed, as it was typed. */
export interface JoinForm {
  name: string
  phone: string
  code: string
  birthday: string
  consents: readonly Purpose[]
}

export type Field = 'name' | 'phone' | 'code' | 'birthday' | 'consents'
export type Faults = Partial<Record<Field, string>>

/** What was meant, ready to be kept. */
export interface Application {
  name: string
  phone?: { number: string; code: string }
  /** YYYY-MM-DD */
  birthday?: string
  consents: readonly Purpose[]
}

export const emptyForm: JoinForm = { name: '', phone: '', code: '', birthday: '', consents: [] }

const NAME_CHARACTERS = 30
/** Younger ones need a parent's consent (PIPL, article 31). */
const YOUNGEST = 14

export function readJoinForm(fields: Record<string, string | undefined>): JoinForm {
  const { name = '', phone = '', code = '', birthday = '' } = fields
  const consents = consentWordings.map(({ purpose }) => purpose).filter((purpose) => fields[purpose] !== undefined)
  return { name: name.trim(), phone: phone.trim(), code: code.trim(), birthday: birthday.trim(), consents }
}

/** `today`: YYYY-MM-DD in Asia/Shanghai. */
export function checkJoinForm(
  form: JoinForm,
  { takesPhone, today }: { takesPhone: boolean; today: string },
): { application: Application } | { faults: Faults } {
  const phone = takesPhone && form.phone ? { number: form.phone, code: digits(form.code) } : undefined
  const faults: Faults = {
    ...fault('name', nameFault(form.name)),
    ...fault('phone', phone && phoneFault(phone.number)),
    ...fault('code', phone && !/^\d{6}$/.test(phone.code) && '请填短信里的 6 位验证码'),
    ...fault('birthday', form.birthday && birthdayFault(form.birthday, today)),
    ...fault('consents', !form.consents.includes('membership') && '开卡需要您同意“会员服务”'),
  }
  if (Object.keys(faults).length > 0) return { faults }
  const { name, birthday, consents } = form
  const number = phone && mainlandPhone(phone.number)
  return {
    application: {
      name,
      ...(phone && number && { phone: { number, code: phone.code } }),
      ...(birthday && { birthday }),
      consents,
    },
  }
}

/** Eleven digits, or undefined: codes go to the mainland only. */
export function mainlandPhone(text: string): string | undefined {
  const phone = normalizePhone(text)
  return phone?.startsWith('1') ? phone : undefined
}

export function phoneFault(text: string): string | false {
  return mainlandPhone(text) === undefined && '请填 11 位的大陆手机号'
}

function nameFault(name: string): string | false {
  if (!name) return '请填怎么称呼您'
  if ([...name].length > NAME_CHARACTERS) return `请不要超过 ${NAME_CHARACTERS} 个字`
  return /\p{Cc}/u.test(name) && '请用普通的文字'
}

function birthdayFault(birthday: string, today: string): string | false {
  const day = /^\d{4}-\d\d-\d\d$/.test(birthday) ? new Date(`${birthday}T00:00:00Z`) : new Date(Number.NaN)
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(birthday)
  if (!exists || birthday < '1900-01-01' || birthday > today) return '请检查生日'
  const youngest = `${Number(today.slice(0, 4)) - YOUNGEST}${today.slice(4)}`
  return birthday > youngest && `未满 ${YOUNGEST} 周岁,请由家长来开卡`
}

function digits(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}

function fault(field: Field, says: string | false | undefined): Faults {
  return says ? { [field]: says } : {}
}
