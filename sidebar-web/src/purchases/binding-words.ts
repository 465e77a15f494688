import { ApiError, type ApiErrorCode } from '../api/api-error.ts'
import { problemWords } from '../api/problem-words.ts'

const refusals: Partial<Record<ApiErrorCode, string>> = {
  order_unknown: '没有这个单号。对着小票再输一遍;刚买的单,过几分钟再试',
  order_already_matched: '这一单已经有归属的顾客了,不能再归。记错了就找总部查',
  not_a_friend: '你和 TA 不是好友,请 TA 的好友导购来归单',
  too_many_requests: '今天归的单太多了,明天再来',
  validation_failed: '这不像单号,对着小票再输一遍',
}

export function bindingTroubleWords(error: unknown): string {
  const said = error instanceof ApiError ? refusals[error.code] : undefined
  return said ?? `没有归成:${problemWords(error).what}`
}

const undoRefusals: Partial<Record<ApiErrorCode, string>> = {
  forbidden: '只有店长和总部能撤销',
  order_not_bound: '已经撤销过了',
}

export function unbindingTroubleWords(error: unknown): string {
  const said = error instanceof ApiError ? undoRefusals[error.code] : undefined
  return said ?? `没有撤销:${problemWords(error).what}`
}
