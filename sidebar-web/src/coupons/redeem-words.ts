import { ApiError, type ApiErrorCode } from '../api/api-error.ts'
import { problemWords } from '../api/problem-words.ts'
import { daysBetween, momentWords } from '../ui/times.ts'

interface Words {
  what: string
  next: string
}

const refusals: Partial<Record<ApiErrorCode, [what: string, next: string]>> = {
  coupon_unknown: ['没有这张券', '看看是不是别家的码。'],
  coupon_code_mistyped: ['券码不对', '有一位输错或漏了,对着券面再输一遍。'],
  coupon_withdrawn: ['这张券已撤回', '发券的导购把它收回了,不能用。'],
  coupon_expired: ['这张券过期了', '不能再用。可以给 TA 换发一张。'],
  coupon_not_started: ['这张券还没到日子', '看看券面上的有效期。'],
  coupon_wrong_store: ['这张券不能在本店用', '看看券面上写的在哪儿用。'],
  guide_without_store: ['你还没有分到门店', '请店长或总部把你加到门店,再来核销。'],
}

/** The server has said no; otherwise nobody knows whether it was redeemed. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429
}

export function refusalWords(error: ApiError, now: number): Words {
  if (error.code === 'coupon_redeemed') return { what: '这张券用过了', next: redeemedWords(error, now) }
  const [what, next] = refusals[error.code] ?? []
  return what && next ? { what, next } : problemWords(error)
}

/** 今天 10:05,在万象城专柜,由林晓核销。 */
function redeemedWords({ problem }: ApiError, now: number): string {
  const { redeemedAt, storeName, storeId, guideName } = problem
  const when = redeemedAt ? momentWords(redeemedAt, now) : ''
  const where = `在${storeName ?? (storeId ? '别的门店' : '线上商城')}`
  return `${[when, where, guideName && `由${guideName}`].filter(Boolean).join(',')}核销。`
}

/** A manager may still take it back. */
export function wasRedeemedToday({ code, problem }: ApiError, now: number): boolean {
  const { redeemedAt } = problem
  return code === 'coupon_redeemed' && redeemedAt !== undefined && daysBetween(Date.parse(redeemedAt), now) === 0
}

const undoRefusals: Partial<Record<ApiErrorCode, string>> = {
  forbidden: '只有店长和总部能撤销',
  not_your_store: '别的门店核销的,请那边的店长撤销',
  undo_too_late: '过了当天,不能撤销了',
  coupon_not_redeemed: '已经撤销过了',
}

export function undoTroubleWords(error: unknown): string {
  const said = error instanceof ApiError ? undoRefusals[error.code] : undefined
  return said ?? `没有撤销:${problemWords(error).what}`
}
